import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core'
import { explainRefusal } from './refusal'
import type { Sent } from './send'

/** The address of the API, on the app's own origin. */
export const ENDPOINT = '/graphql'

/** An operation as text, from a file `plain.graphql`. */
export interface PlainDocument<Data, Variables> extends DocumentTypeDecoration<Data, Variables> {
  toString: () => string
}

/** An answer that holds errors and no data, or none that could be read. */
class Unanswered extends Error {
  readonly errors: unknown

  constructor(errors: unknown) {
    super('the API gave no data')
    this.errors = errors
  }
}

/** Sends an operation without Apollo Client, which signed-out pages need not load. */
export async function sendPlain<Data, Variables>(
  document: PlainDocument<Data, Variables>,
  variables: Variables,
  token?: Promise<string | null>,
): Promise<Sent<Data>> {
  try {
    const bearer = await token
    const response = await fetch(ENDPOINT, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
    })
    const { data, errors } = (await response.json()) as { data?: Data | null; errors?: unknown }
    if (!data) throw new Unanswered(errors)
    return { data }
  } catch (error) {
    return { refusal: await explainRefusal(error) }
  }
}
