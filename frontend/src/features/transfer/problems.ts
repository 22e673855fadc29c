import { t } from '@lingui/core/macro'
import type { Compose } from '../../api/facts'
import { problemSentence, type Problem } from '../../api/problem'
import { formatMoney } from '../../lib/money'

const SENTENCES: Record<string, Compose> = {
  EMPTY_FILE: () => t`This file is empty.`,
  OTHER_FILE: ({ program }) =>
    program === 'a bank'
      ? t`This is not a bank statement, or not one that can be read.`
      : t`This is not a file of ${program}, or not of this kind.`,
  TOO_MANY_PEOPLE: ({ most }) => t`At most ${most} people can be imported at once.`,
  TOO_MANY_ENTRIES: ({ most }) => t`At most ${most} entries can be imported at once.`,
  NOTHING_IN_FILE: () => t`There is nothing in this file that could be taken over.`,
  NOT_AN_AMOUNT: ({ text, currency }) => t`“${text}” is not an amount of ${currency}.`,
  NOT_A_CURRENCY: ({ text }) => t`“${text}” is not a currency.`,
  NOT_A_RATE: ({ text }) => t`“${text}” is not a rate.`,
  NOT_A_DATE: ({ text }) => t`“${text}” is not a date.`,
  UNBALANCED_ROW: () => t`What the people of this row owe and are owed does not add up to zero.`,
  OWED_MORE_THAN_TOTAL: (facts) => {
    const { currency } = facts
    const owed = formatMoney({ amount: facts.owed, currency })
    const total = formatMoney({ amount: facts.total, currency })
    return t`People are owed ${owed}, more than the cost of ${total}.`
  },
  UNKNOWN_PERSON: () => t`Somebody is named who is not in the list.`,
  NEGATIVE_SHARE: () => t`A share is negative.`,
  UNKNOWN_SPLIT: ({ text }) => t`“${text}” is not a way to split that is known here.`,
  DOES_NOT_ADD_UP: () => t`Payers or shares do not add up to the amount.`,
  SPLIT: () => t`This cannot be split like that.`,
  CAME_IN: (facts) => {
    const amount = formatMoney(facts)
    return t`${amount} came in: that is not an expense.`
  },
  OTHER_BALANCE: (facts) => {
    const { name, currency } = facts
    const expected = formatMoney({ amount: facts.expected, currency })
    const computed = formatMoney({ amount: facts.computed, currency })
    return t`The file says ${expected} for ${name}; its rows make ${computed}.`
  },
}

/** Why a file, or a line of it, cannot be taken over, as a sentence. */
export function importSentence(problem: Problem): string {
  return problemSentence(problem, SENTENCES)
}
