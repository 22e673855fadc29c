import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'

const BROKEN = msg`Something went wrong on our side. Please try again.`

/** The sentence of each code that a page may be refused with; those of forms and buttons are in `refusals`. */
const SENTENCES: Record<string, MessageDescriptor> = {
  UNREACHABLE: msg`Quits cannot be reached. Check your connection and try again.`,
  OVERLOADED: msg`There is too much to do right now. Please try again in a moment.`,
  UNAUTHENTICATED: msg`Your session has ended. Please log in again.`,
  VALIDATION: msg`This is not possible like this. Please check what you entered.`,
  NOT_ALLOWED: msg`You cannot do this, or not any more.`,
  GROUP_NOT_FOUND: msg`There is no such group, or it is not yours to see.`,
  EXPENSE_NOT_FOUND: msg`There is no such expense, or it is not yours to see.`,
  PAYMENT_NOT_FOUND: msg`There is no such payment, or it is not yours to see.`,
  DRAFT_NOT_FOUND: msg`There is no such draft, or it is not yours to see.`,
}

// The server's own sentences for these are written for developers.
const OURS = new Set(['UNREACHABLE', 'OVERLOADED', 'IDEMPOTENCY_KEY_REUSED'])

/**
 * The sentence for a code in the language of the app. The server's own sentence says more, and is in English: it is
 * shown to those who read English.
 */
export function sentenceOf(
  code: string,
  english: unknown,
  known: MessageDescriptor | string | undefined = SENTENCES[code],
): string {
  if (!known) return t(BROKEN)
  const isShown = i18n.locale === 'en' && typeof english === 'string' && !OURS.has(code)
  if (isShown) return english
  return typeof known === 'string' ? known : t(known)
}

/** Whether a code is all that there is to say. */
export function saysAll(code: string): boolean {
  return code in SENTENCES && code !== 'VALIDATION'
}
