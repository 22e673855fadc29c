import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client'
import { SetContextLink } from '@apollo/client/link/context'
import { ErrorLink } from '@apollo/client/link/error'
import { OperationTypeNode } from 'graphql'
import { from, of, switchMap, tap } from 'rxjs'
import type { SessionStore } from './session'
import { createCache } from './cache'
import { ENDPOINT } from './plain'
import { isUnauthenticated, readRefusal } from './refusal'
import type { LiveSocket } from './socket'
import { socketLink } from './socketLink'

// A stopped subgraph leaves out its own fields only: `all` keeps the rest of every answer.
declare module '@apollo/client' {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface WatchQuery {
        errorPolicy: 'all'
      }
      interface Query {
        errorPolicy: 'all'
      }
      interface Mutate {
        errorPolicy: 'all'
      }
    }
  }
}

/** Cached views are refreshed when they open; answers of mutations go through `acceptGroup`. */
export const OPTIONS = {
  watchQuery: { errorPolicy: 'all', fetchPolicy: 'cache-and-network' },
  query: { errorPolicy: 'all' },
  mutate: { errorPolicy: 'all', fetchPolicy: 'no-cache' },
} as const

/** For what is asked for again after a push: a question on the way was maybe answered before it. */
export const ALWAYS_ASKED = { queryDeduplication: false }

/** The client of the app. `onAnswer` is told after every answer and every push. */
export function createApollo(
  session: SessionStore,
  socket: LiveSocket,
  onAnswer: () => void = () => undefined,
): ApolloClient {
  const transport = ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    socketLink(socket),
    new HttpLink({ uri: ENDPOINT }),
  )
  return new ApolloClient({
    cache: createCache(),
    link: ApolloLink.from([
      rememberingLink(),
      tellingLink(onAnswer),
      renewingLink(session),
      authorisingLink(session),
      transport,
    ]),
    defaultOptions: OPTIONS,
  })
}

/** While nothing can be reached, what was last seen is the answer. */
function rememberingLink(): ApolloLink {
  return new ErrorLink(({ error, operation }) => {
    const { query, variables, operationType, client } = operation
    if (operationType !== OperationTypeNode.QUERY || readRefusal(error).code !== 'UNREACHABLE')
      return undefined
    // A further page is not among what was seen: the cache would answer with all of them.
    const data = variables.after ? null : client.cache.readQuery({ query, variables })
    return data ? of({ data }) : undefined
  })
}

function tellingLink(onAnswer: () => void): ApolloLink {
  return new ApolloLink((operation, forward) => forward(operation).pipe(tap({ next: onAnswer })))
}

function authorisingLink(session: SessionStore): ApolloLink {
  return new SetContextLink(async () => {
    const token = await session.token()
    return { token, headers: token ? { authorization: `Bearer ${token}` } : {} }
  })
}

/** A refused token is renewed once and the operation is sent again. */
function renewingLink(session: SessionStore): ApolloLink {
  return new ErrorLink(({ error, operation, forward }) => {
    const { token } = operation.getContext()
    if (typeof token !== 'string' || !isUnauthenticated(error)) return undefined
    return from(session.refresh(token)).pipe(switchMap(() => forward(operation)))
  })
}
