import { useQuery } from '@apollo/client/react'
import { useSyncExternalStore } from 'react'
import { LatestActivity, type LatestActivityQuery } from './documents.generated'

const KEY = 'quits.activity.seen'
const POLL_MS = 60_000
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const seenUntil = () => localStorage.getItem(KEY) ?? ''

/** Everything until now has been looked at. */
export function markSeen(): void {
  localStorage.setItem(KEY, new Date().toISOString())
  for (const listener of listeners) listener()
}

/** How much of what others did since then is among the latest. */
export function countUnseen({ me }: LatestActivityQuery, seen: string): number {
  const edges = me.activity?.edges ?? []
  const since = Date.parse(seen)
  return edges.filter(
    ({ node }) => node.actor?.id !== me.id && (Number.isNaN(since) || Date.parse(node.at) > since),
  ).length
}

/** The number on the badge of Activity. */
export function useUnseen(): number {
  const seen = useSyncExternalStore(subscribe, seenUntil)
  // Kept out of the cache, where it would replace the pages of the feed.
  const { data } = useQuery(LatestActivity, { pollInterval: POLL_MS, fetchPolicy: 'no-cache' })
  return data ? countUnseen(data, seen) : 0
}
