import { plural, t } from '@lingui/core/macro'
import type { Compose } from '../facts'
import { formatDayAndYear } from '../../lib/dates'
import { formatHundredths, formatMoney } from '../../lib/money/format'
import { toHundredths } from '../../lib/money/units'
import { minutesOf } from './minutes'

/** The sentence of each reason that the API names beside a code, with the numbers and names that come with it. */
export const REASONS: Readonly<Record<string, Compose>> = {
  // Groups and their people.
  ALREADY_MEMBER: () => t`You are or were in this group and can be only one member of it.`,
  ARCHIVED: () => t`This group is archived. Restore it first.`,
  CLAIM_NEEDS_APPROVAL: () =>
    t`In this group an owner or admin has to approve who takes the place of a guest. Ask for it.`,
  DIRECT_GROUP: () => t`This is between two friends. Create a group for more.`,
  LAST_OWNER: () => t`A group needs an owner. Make somebody else owner first.`,
  LEFT_GROUP: () => t`You have left this group.`,
  NO_CLAIM: () => t`This can be undone for seven days, and they are over.`,
  NOT_YOUR_INVITE: () => t`Only its maker, an owner or an admin can withdraw this invitation.`,
  REMOVES_ONESELF: () => t`To remove yourself, leave the group.`,
  ROLE_FORBIDS: () => t`Your role in this group does not allow this.`,
  TOO_MANY_CLAIMS: ({ most }) => t`${most} such requests wait in this group already.`,
  TOO_MANY_GROUPS: ({ most }) =>
    t`Nobody can be in more than ${most} groups, former ones included.`,
  TOO_MANY_MEMBERS: ({ most }) =>
    t`A group can have at most ${most} members, former ones included.`,
  TOO_MANY_INVITES: ({ most }) =>
    t`This group has ${most} open invitations. Withdraw one of them first.`,

  // Expenses and drafts.
  ABSURD_DATE: ({ first, last }) => {
    const [from, to] = [formatDayAndYear(first), formatDayAndYear(last)]
    return t`A date from ${from} to ${to} is needed.`
  },
  AMOUNT_TOO_LARGE: () => t`This amount is larger than Quits can handle.`,
  COMMENT_OF_ANOTHER: () => t`Only its author can change a comment.`,
  DRAFT_CONFIRMED: () => t`This draft is confirmed already.`,
  DRAFT_DISCARDED: () => t`This draft was discarded.`,
  DRAFT_MOVED: () => t`This draft was confirmed or discarded meanwhile. Look at it again first.`,
  DRAFT_NOT_READ: () => t`This draft is still being read.`,
  DRAFT_READ: () => t`This draft is read already.`,
  EXPENSE_DELETED: () => t`This expense is deleted. Restore it first.`,
  EXPENSE_NOT_DELETED: () => t`This expense is not deleted.`,
  EXPORT_TOO_LARGE: ({ most }) =>
    t`At most ${most} entries can be exported at once. Please choose fewer days.`,
  OF_ANOTHER: () =>
    t`In this group you cannot change this. Ask whoever entered it, an owner or an admin.`,
  FILE_TOO_LARGE: ({ most }) => t`A file may have at most ${most} MB.`,
  LOWERS_BALANCE: () => t`This would lower the balance of somebody who has left the group.`,
  NO_ADVICE: () => t`There is no advice for this expense.`,
  NO_DUPLICATE_ANY_MORE: () => t`The other expense is gone, so this one repeats nothing any more.`,
  PAYERS_SUM: ({ sum, total, currency }) => {
    const [paid, shared] = [
      formatMoney({ amount: sum, currency }),
      formatMoney({ amount: total, currency }),
    ]
    return t`The payers have paid ${paid}, but ${shared} is shared.`
  },
  PERCENT_SUM: ({ percent }) => {
    const given = formatHundredths(toHundredths(percent))
    return t`The percentages add up to ${given} instead of 100.`
  },
  SHARES_SUM: ({ sum, total, currency }) => {
    const [given, expected] = [
      formatMoney({ amount: sum, currency }),
      formatMoney({ amount: total, currency }),
    ]
    return t`The shares add up to ${given} instead of ${expected}.`
  },
  TOO_MANY_ATTACHMENTS: ({ most }) => t`An expense can have at most ${most} files.`,
  TOO_MANY_CATEGORIES: ({ most }) => t`A group can have at most ${most} categories of its own.`,
  TOO_MANY_COMMENTS: ({ most }) => t`An expense can have at most ${most} comments.`,
  TOO_MANY_CURRENCIES: ({ most }) => t`A group has amounts in at most ${most} currencies.`,
  TOO_MANY_DECIMALS: ({ most }) =>
    plural(parseInt(most, 10), {
      0: 'Only whole numbers are possible here.',
      one: 'At most one decimal is possible here.',
      other: 'At most # decimals are possible here.',
    }),
  TOO_MANY_DRAFTS: ({ most }) =>
    t`Only ${most} drafts a minute are possible. Please wait a moment.`,
  TOO_MANY_PRESETS: ({ most }) => t`A group can have at most ${most} templates.`,
  TOO_MANY_SCHEDULES: ({ most }) =>
    t`At most ${most} expenses of a group can repeat by themselves.`,
  TOO_MANY_UPLOADS: ({ most }) => t`Only ${most} files a day are possible. Please go on tomorrow.`,

  // Payments.
  ARCHIVED_BETWEEN: ({ group }) =>
    t`The group “${group}” is archived. Restore it first, or settle the others one by one.`,
  CANNOT_BE_PAID_BY_CARD: () => t`This person cannot be paid by card yet.`,
  NOT_BY_CARD: () => t`This amount cannot be paid by card.`,
  NOT_IN_THIS_STATE: () => t`The payment is in a state that does not allow this.`,
  ONLY_PARTIES: () => t`Only the payer and the receiver can dispute a payment.`,
  ONLY_RECEIVER: () => t`Only the receiver can confirm a payment.`,
  ONLY_RECORDER_AND_PARTIES: () =>
    t`Only the payer, the receiver and whoever recorded a payment can change it.`,
  REMINDED_TODAY: () => t`You have reminded this member within the last day already.`,
  TOO_MANY_TRANSFERS: ({ most }) => t`More than ${most} transfers cannot be settled at once.`,

  // Reports.
  RANGE_TOO_LONG: ({ most }) => t`At most ${most} days can be shown at once.`,
  STATEMENT_TOO_LONG: ({ most }) =>
    t`This month has more than ${most} expenses. Export them as a table instead.`,

  // Accounts, and texts of any kind.
  COMMON_PASSWORD: () =>
    t`This password is one of the first that anybody would try. Choose another.`,
  CONTROL_CHARACTERS: () => t`This has characters that cannot be seen. Please type it again.`,
  LENGTH: ({ least, most }) => t`This has ${least} to ${most} characters.`,
  EMPTY: () => t`This may not be empty.`,
  PRIVATE: () => t`Only the person whom this is about may see it.`,
  SECOND_FACTOR_IS_ON: () => t`There is a second step for this account already.`,
  TOO_LONG: ({ most }) => t`This may have at most ${most} characters.`,
  TOO_MANY_BUDGETS: ({ most }) => t`There can be at most ${most} budgets.`,
  TOO_MANY_FAILURES: ({ retryAfterSeconds }) => {
    const minutes = minutesOf(retryAfterSeconds)
    return plural(minutes, {
      one: 'Too many failed tries to log in. Please wait a minute.',
      other: 'Too many failed tries to log in. Please wait # minutes.',
    })
  },
}
