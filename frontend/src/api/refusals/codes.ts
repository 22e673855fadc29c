import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** The sentence of each code that only a form or a button is refused with. */
export const CODES: Readonly<Record<string, MessageDescriptor>> = {
  COMMENT_NOT_FOUND: msg`There is no such comment, or it is not yours to see.`,
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
  GROUP_FULL: msg`This group cannot have further members.`,
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
export const FIELDS: Readonly<Record<string, MessageDescriptor>> = {
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
