import type { ApolloClient, OperationVariables } from '@apollo/client'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { readRefusal, type Refusal } from './refusal'
import { pause } from './pause'

/** What a stream brings: data, or why there is none. */
interface Listener<Data> {
  onData: (data: Data) => void
  onRefused?: (refusal: Refusal) => void
  /** Whether what came last is all that will ever be needed. */
  isOver: () => boolean
}

/**
 * Follows a stream over the socket until it is over or told to stop. It may end for many reasons
 * (a renewed token, a restarted part, a new schema), so every other end begins anew.
 */
export function followStream<Data, Variables extends OperationVariables>(
  client: ApolloClient,
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { onData, onRefused, isOver }: Listener<Data>,
): () => void {
  let stopped = false
  let attempt = 0
  let stop: () => void = () => undefined

  function start(): void {
    const stream = client
      .subscribe({ query, variables, fetchPolicy: 'no-cache', errorPolicy: 'all' })
      .subscribe({
        next: ({ data, error }) => {
          if (data) {
            attempt = 0
            onData(data)
          } else if (error) onRefused?.(readRefusal(error))
        },
        error: again,
        complete: again,
      })
    stop = () => {
      stream.unsubscribe()
    }
  }

  function again(): void {
    if (stopped || isOver()) return
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
