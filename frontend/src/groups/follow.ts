import type { ApolloCache, ApolloClient } from '@apollo/client'
import { readRefusal } from '../app/refusal'
import { pause } from '../app/socket'
import type { GroupLiveFragment } from '../gql/graphql'
import { GroupLive, GroupMoved } from './documents'

/**
 * Takes a pushed or answered group over into the cache, unless something newer is there already:
 * pushes and answers may overtake each other. Says whether it was taken.
 */
export function acceptGroup(cache: ApolloCache, moved: GroupLiveFragment): boolean {
  const target = {
    id: cache.identify({ __typename: 'Group', id: moved.id }),
    fragment: GroupLive,
    fragmentName: 'GroupLive',
  }
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

const GONE = new Set(['GROUP_NOT_FOUND', 'NOT_ALLOWED'])

/**
 * Follows a group over the socket until it is told to stop. A stream may end for many reasons
 * (a renewed token, a restarted part, a new schema), so every end but "not yours" begins anew.
 */
export function followGroup(client: ApolloClient, id: string, onGone: () => void): () => void {
  let stopped = false
  let attempt = 0
  let stop: () => void = () => undefined

  function start(): void {
    const stream = client
      .subscribe({
        query: GroupMoved,
        variables: { id },
        fetchPolicy: 'no-cache',
        errorPolicy: 'all',
      })
      .subscribe({
        next: ({ data, error }) => {
          if (data) {
            attempt = 0
            acceptGroup(client.cache, data.groupMoved)
          } else if (error && GONE.has(readRefusal(error).code)) {
            stopped = true
            onGone()
          }
        },
        error: again,
        complete: again,
      })
    stop = () => {
      stream.unsubscribe()
    }
  }

  function again(): void {
    if (stopped) return
    void pause(attempt++).then(() => {
      if (!stopped) start()
    })
  }

  start()
  return () => {
    stopped = true
    stop()
  }
}
