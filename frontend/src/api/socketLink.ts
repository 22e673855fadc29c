import { ApolloLink } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { from, switchMap } from 'rxjs'
import type { LiveSocket } from './socket'

/** Sends subscriptions over the socket, which is loaded with the first of them. */
export function socketLink(socket: LiveSocket): ApolloLink {
  return new ApolloLink((operation) =>
    from(socket.open()).pipe(switchMap((client) => new GraphQLWsLink(client).request(operation))),
  )
}
