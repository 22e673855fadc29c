import { useApolloClient, useQuery } from '@apollo/client/react'
import { useEffect } from 'react'
import { followStream } from '../../api/stream'
import { NotificationAdded, UnreadNotifications } from './unread.generated'

/** How many notifications the viewer has not read; zero while that is not known. */
export function useUnread(): number {
  const { data } = useQuery(UnreadNotifications)
  return data?.unreadNotifications ?? 0
}

/** Counts anew whenever something concerns the viewer. */
export function useNotificationsLive(): void {
  const client = useApolloClient()
  useEffect(
    () =>
      followStream(
        client,
        NotificationAdded,
        {},
        {
          onData: () => void client.refetchQueries({ include: [UnreadNotifications] }),
          isOver: () => false,
        },
      ),
    [client],
  )
}
