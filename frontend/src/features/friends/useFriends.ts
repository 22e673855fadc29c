import { useApolloClient, useQuery } from '@apollo/client/react'
import { useEffect } from 'react'
import { unmask, type Fields } from '../../api/fragments'
import { followStream } from '../../api/stream'
import {
  Friends,
  FriendsChanged,
  type FaceFragment,
  type FriendPageFragment,
  type RequestPartsFragment,
} from './list.generated'

export type Friend = Fields<FaceFragment> &
  Pick<FriendPageFragment['edges'][number]['node']['user'], 'id' | 'email'>

/** The viewer's friends, and the requests that wait for an answer. */
export function useFriends() {
  const { data, error, refetch, fetchMore } = useQuery(Friends)
  const me = data?.me
  const friends = me && unmask<FriendPageFragment>(me.friends)
  const requests = me ? unmask<RequestPartsFragment>(me.friendRequests) : []
  const { hasNextPage, endCursor } = friends?.pageInfo ?? {}

  // Whoever chooses among friends chooses among all of them.
  useEffect(() => {
    if (hasNextPage) void fetchMore({ variables: { after: endCursor } })
  }, [hasNextPage, endCursor, fetchMore])

  return {
    friends: friends?.edges.map(({ node: { user } }): Friend => ({
      ...user,
      ...unmask<FaceFragment>(user),
    })),
    incoming: requests.filter(({ to }) => to.id === me?.id),
    outgoing: requests.filter(({ from }) => from.id === me?.id),
    error,
    refetch,
  }
}

/** Keeps the friends and requests in the cache as they are now. */
export function useFriendsLive(): void {
  const client = useApolloClient()
  useEffect(
    () =>
      followStream(
        client,
        FriendsChanged,
        {},
        {
          onData: ({ friendsChanged }) => {
            client.writeQuery({ query: Friends, data: { me: friendsChanged } })
          },
          isOver: () => false,
        },
      ),
    [client],
  )
}
