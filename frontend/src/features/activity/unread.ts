import { makeVar } from '@apollo/client'
import { useApolloClient, useQuery, useReactiveVar } from '@apollo/client/react'
import { use, useEffect } from 'react'
import { SocketContext } from '../../api/services'
import { followStream } from '../../api/stream'
import { UnreadNotifications, UnreadNotificationsChanged } from './unread.generated'

/** The number that was pushed last, while pushes arrive: no answer of a question is newer. */
const pushed = makeVar<number | undefined>(undefined)

/** How many notifications the viewer has not read; zero while that is not known. */
export function useUnread(): number {
  const { data } = useQuery(UnreadNotifications)
  return useReactiveVar(pushed) ?? data?.unreadNotifications ?? 0
}

/** Keeps the number as it is now, whoever adds or reads notifications, on whichever device. */
export function useUnreadLive(): void {
  const client = useApolloClient()
  const socket = use(SocketContext)
  useEffect(() => {
    const forget = () => {
      pushed(undefined)
    }
    const unsubscribe = socket?.subscribe(() => {
      if (socket.getState() !== 'open') forget()
    })
    const stop = followStream(
      client,
      UnreadNotificationsChanged,
      {},
      {
        onData: ({ unreadNotificationsChanged }) => {
          pushed(unreadNotificationsChanged)
          client.writeQuery({
            query: UnreadNotifications,
            data: { unreadNotifications: unreadNotificationsChanged },
          })
        },
        isOver: () => false,
      },
    )
    return () => {
      unsubscribe?.()
      stop()
      forget()
    }
  }, [client, socket])
}
