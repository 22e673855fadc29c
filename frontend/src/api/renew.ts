import type { ApolloClient } from '@apollo/client'
import { ANONYMOUS } from './apollo'
import { readRefusal } from './refusal'
import { RefreshSession } from './renew.generated'
import type { Renew } from './session'

const FINAL = new Set(['UNAUTHENTICATED', 'BAD_CREDENTIALS', 'VALIDATION'])

/** Renews tokens over the API. Only the server's clear "no" ends a session, an outage does not. */
export function renewOver(client: () => ApolloClient): Renew {
  return async (refreshToken) => {
    const { data, error } = await client().mutate({
      mutation: RefreshSession,
      variables: { refreshToken },
      context: ANONYMOUS,
    })
    if (data) return data.refreshSession
    if (FINAL.has(readRefusal(error).code)) return null
    throw new Error('the session could not be renewed', { cause: error })
  }
}
