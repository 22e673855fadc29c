import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'

const BROKEN = msg`Something went wrong on our side. Please try again.`

/** The sentence of each code of the API. */
const SENTENCES: Record<string, MessageDescriptor> = {
  UNREACHABLE: msg`Quits cannot be reached. Check your connection and try again.`,
  OVERLOADED: msg`There is too much to do right now. Please try again in a moment.`,
  UNAUTHENTICATED: msg`Your session has ended. Please log in again.`,
  VALIDATION: msg`This is not possible like this. Please check what you entered.`,
  NOT_ALLOWED: msg`You cannot do this, or not any more.`,
  GROUP_NOT_FOUND: msg`There is no such group, or it is not yours to see.`,
  EXPENSE_NOT_FOUND: msg`There is no such expense, or it is not yours to see.`,
  COMMENT_NOT_FOUND: msg`There is no such comment, or it is not yours to see.`,
  PAYMENT_NOT_FOUND: msg`There is no such payment, or it is not yours to see.`,
  DRAFT_NOT_FOUND: msg`There is no such draft, or it is not yours to see.`,
  MEMBER_NOT_FOUND: msg`There is no such member in this group.`,
  FRIEND_REQUEST_NOT_FOUND: msg`This request is not there any more.`,
  NOT_A_FRIEND: msg`The two of you are not friends, or not any more.`,
  OPEN_BALANCE: msg`There is still something open. Settle up first.`,
  ATTACHMENT_NOT_FOUND: msg`There is no such file, or it is not yours to see.`,
  CATEGORY_NOT_FOUND: msg`There is no such category, or it is not yours to see.`,
  PRESET_NOT_FOUND: msg`There is no such template, or it is not yours to see.`,
  BUDGET_NOT_FOUND: msg`There is no such budget, or it is not yours to see.`,
  SCHEDULE_NOT_FOUND: msg`There is no such schedule, or it is not yours to see.`,
  INVITE_NOT_FOUND: msg`This invitation does not exist or cannot be used any more.`,
  STALE_VERSION: msg`Somebody changed this in the meantime. Look at it again first.`,
  SHARES_DO_NOT_ADD_UP: msg`The shares do not add up to the total.`,
  CURRENCY_MISMATCH: msg`In another currency it has to be split anew.`,
  LEDGER_FULL: msg`This group cannot hold further currencies or larger balances.`,
  IDEMPOTENCY_KEY_REUSED: msg`An earlier try of this form has been saved. Close it and look at the list before you enter it again.`,
  EMAIL_TAKEN: msg`There is an account with this email address already.`,
  BAD_CREDENTIALS: msg`The email address or the password is not right.`,
  SECOND_FACTOR_REQUIRED: msg`The code of your authenticator app is needed as well.`,
  SECOND_FACTOR_WRONG: msg`This code is not right, or was used before.`,
  LINK_EXPIRED: msg`This link was used already or is too old. Ask for another one.`,
  RATE_LIMITED: msg`Too many tries. Please wait a moment.`,
  NOT_CONFIGURED: msg`This is not set up here.`,
}

/** What is wrong with single fields, by the last part of their path. */
const FIELDS: Record<string, MessageDescriptor> = {
  name: msg`This name cannot be used. Choose another.`,
  description: msg`This text cannot be used. It may be too long.`,
  notes: msg`This text cannot be used. It may be too long.`,
  note: msg`This text cannot be used. It may be too long.`,
  email: msg`This is not an email address.`,
  password: msg`This password cannot be used. Choose a longer one.`,
  new: msg`This password cannot be used. Choose a longer one.`,
  reason: msg`This text cannot be used. It may be too long.`,
  text: msg`This text cannot be used. It may be too long.`,
  amount: msg`This amount is not possible.`,
  currency: msg`This currency is not known.`,
  date: msg`A date between 2000 and a year from now is needed.`,
}

// The server's own sentences for these are written for developers.
const OURS = new Set(['UNREACHABLE', 'OVERLOADED', 'IDEMPOTENCY_KEY_REUSED'])

/**
 * The sentence for a refusal in the language of the app. The server's own sentence says more, and is in English: it is
 * shown to those who read English.
 */
export function sentenceOf(code: string, field: string | undefined, english: unknown): string {
  const known = SENTENCES[code]
  if (!known) return t(BROKEN)
  if (i18n.locale === 'en' && typeof english === 'string' && !OURS.has(code)) return english
  const ofField = code === 'VALIDATION' ? FIELDS[field?.split('.').at(-1) ?? ''] : undefined
  return t(ofField ?? known)
}
