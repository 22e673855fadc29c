import { useApolloClient } from '@apollo/client/react'
import { useEffect, useRef } from 'react'
import { followStream } from '../../api/stream'
import { ActivityHub } from './activityHub'
import { ActivityChanged } from './live.generated'

/** The one hub of this tab. */
const hub = new ActivityHub()

/** Tells of whatever happens in the viewer's groups, or in one of them, as soon as it is in the feed. */
export function useActivityLive(onAdded: () => unknown, groupId?: string): void {
  const latest = useRef(onAdded)
  useEffect(() => {
    latest.current = onAdded
  })
  useEffect(() => hub.listen({ groupId, ask: () => latest.current() }), [groupId])
}

/** Follows what happens in the viewer's groups, for all pages that listen. */
export function useActivityStream(): void {
  const client = useApolloClient()
  useEffect(
    () =>
      followStream(
        client,
        ActivityChanged,
        {},
        {
          // Without an activity, some may have been missed.
          onData: ({ activityChanged }) => {
            hub.tell(activityChanged?.group?.id)
          },
          isOver: () => false,
        },
      ),
    [client],
  )
}
