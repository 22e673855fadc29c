import { useApolloClient } from '@apollo/client/react'
import { useEffect, useRef } from 'react'
import { followStream } from '../../api/stream'
import { ActivityAdded } from './live.generated'

/** Tells of whatever happens in the viewer's groups, or in one of them, as soon as it is in the feed. */
export function useActivityLive(onAdded: () => unknown, groupId?: string): void {
  const client = useApolloClient()
  const latest = useRef(onAdded)
  useEffect(() => {
    latest.current = onAdded
  })
  useEffect(
    () =>
      followStream(
        client,
        ActivityAdded,
        {},
        {
          onData: ({ activityAdded: { group } }) => {
            if (!groupId || group?.id === groupId) void latest.current()
          },
          isOver: () => false,
        },
      ),
    [client, groupId],
  )
}
