import type { ApolloClient, OperationVariables } from '@apollo/client'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { explainRefusal, type Refusal } from './refusal'

export type Sent<Data> =
  { data: Data; refusal?: undefined } | { data?: undefined; refusal: Refusal }

/** Sends a mutation. The data arrives even when fields of a stopped subgraph are missing. */
export async function send<Data, Variables extends OperationVariables>(
  client: ApolloClient,
  mutation: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Sent<Data>> {
  try {
    const { data, error } = await client.mutate({ mutation, variables })
    return data ? { data } : { refusal: await explainRefusal(error) }
  } catch (error) {
    return { refusal: await explainRefusal(error) }
  }
}
