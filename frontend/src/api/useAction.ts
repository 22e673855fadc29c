import type { OperationVariables } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { send } from './send'
import { useSending, type Action } from './useSending'

/** A mutation of the signed-in app. */
export function useAction<Data, Variables extends OperationVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
): Action<Data, Variables> {
  const client = useApolloClient()
  return useSending((variables) => send(client, mutation, variables))
}
