import { sendPlain } from './plain'
import { RefreshSession } from './plain.generated'
import type { Renew } from './session'

const FINAL = new Set(['UNAUTHENTICATED', 'BAD_CREDENTIALS', 'VALIDATION'])

/** Renews tokens over the API. Only the server's clear "no" ends a session, an outage does not. */
export const renew: Renew = async (refreshToken) => {
  const { data, refusal } = await sendPlain(RefreshSession, { refreshToken })
  if (data) return data.refreshSession
  if (FINAL.has(refusal.code)) return null
  throw new Error('the session could not be renewed', { cause: refusal })
}
