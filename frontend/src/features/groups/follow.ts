import type { ApolloCache, ApolloClient } from '@apollo/client'
import { unmask, type Masked } from '../../api/fragments'
import { followStream } from '../../api/stream'
import { GroupLive, type GroupLiveFragment, GroupMoved } from './documents.generated'

const targetOf = (cache: ApolloCache, id: string) => ({
  id: cache.identify({ __typename: 'Group', id }),
  fragment: GroupLive,
  fragmentName: 'GroupLive',
})

/**
 * Takes a pushed or answered group over into the cache, unless something newer is there already:
 * pushes and answers may overtake each other. Says whether it was taken.
 */
export function acceptGroup(cache: ApolloCache, answer: Masked<GroupLiveFragment>): boolean {
  const moved = unmask<GroupLiveFragment>(answer)
  const target = targetOf(cache, moved.id)
  const shown = cache.readFragment(target)
  if (shown && isOlder(moved, shown)) return false
  cache.writeFragment({ ...target, data: moved })
  return true
}

function isOlder(moved: GroupLiveFragment, shown: GroupLiveFragment): boolean {
  if (moved.version < shown.version) return true
  // No version means no balances: then "not available" is the truth, not what was shown before.
  if (typeof moved.ledgerVersion !== 'number' || typeof shown.ledgerVersion !== 'number')
    return false
  return moved.ledgerVersion < shown.ledgerVersion
}

interface Follower {
  /** The group was pushed although its ledger has not moved: something beside it has changed. */
  onNudge: () => void
  /** The group is not the viewer's any more. */
  onGone: () => void
}

/** Keeps a group in the cache as it is now, until it is told to stop. */
export function followGroup(client: ApolloClient, id: string, follower: Follower): () => void {
  const { cache } = client
  let gone = false
  let told = false
  const variables = { id }
  return followStream(client, GroupMoved, variables, {
    onData: ({ groupMoved }) => {
      const shown = cache.readFragment(targetOf(cache, id))
      acceptGroup(cache, groupMoved)
      const moved = unmask<GroupLiveFragment>(groupMoved)
      // The first push tells what was loaded a moment ago.
      if (told && shown?.ledgerVersion === moved.ledgerVersion) follower.onNudge()
      told = true
    },
    onRefused: ({ code }) => {
      if (code !== 'GROUP_NOT_FOUND') return
      gone = true
      follower.onGone()
    },
    isOver: () => gone,
  })
}
