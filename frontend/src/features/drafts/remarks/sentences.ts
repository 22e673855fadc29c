import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { Compose } from '../../../api/facts'
import { problemSentence, type Problem } from '../../../api/problem'
import { formatMoney } from '../../../lib/money'

const PLAIN: Record<string, MessageDescriptor> = {
  UNKNOWN_CURRENCY: msg`Which currency is that?`,
  ORDER: msg`What was bought, and for how much? A part of this reads like an order.`,
  OTHER_CURRENCY: msg`The amounts are in another currency than the total.`,
  IS_REFUND: msg`Is that a refund?`,
  NO_AMOUNT: msg`How much was it?`,
  CAME_BACK: msg`How much came back in all?`,
  WHICH_DAY: msg`Which day was it?`,
  SHARED_BY_ALL: msg`Shared by everyone.`,
  WHO_PAID_THE_REST: msg`What was paid is not the total: who paid the rest?`,
  PAID_TOO_MUCH: msg`What was paid is more than the total.`,
  EACH_PAID_HOW_MUCH: msg`How much did each of them pay?`,
  WHO_PAID_HOW_MUCH: msg`Who paid how much?`,
  WHO_PAID: msg`Who paid?`,
  PAID_PART_NOT_WHOLE: msg`That part of the total is not a whole amount: who paid how much?`,
  TOO_LARGE: msg`The amounts are too large.`,
  WHICH_IS_TOTAL: msg`Which of the amounts is the total?`,
  EXTRA_IN_TOTAL: msg`Is the tip, the tax or the discount in the total?`,
  EXTRA_IN_PAID: msg`Is the tip, the tax or the discount in what was paid?`,
  EXTRA_AMOUNT: msg`How much was the tip, the tax or the discount?`,
  NO_TOTAL: msg`How much was it in total?`,
  SPLIT_WITH_WHOM: msg`With whom is it split?`,
  WHO_SHARES_WHAT: msg`Who shares what? A part of it was not understood.`,
  NO_REST: msg`There is no rest: the amounts are as large as the total, or larger.`,
  WHO_SHARES_REST: msg`Who shares the rest?`,
  SHARE_OF_EACH: msg`What is the share of each?`,
  WHO_ELSE_SHARES: msg`Who shares it, besides those who are compared?`,
  MORE_FOR_EACH: msg`Is that more or less for each of them?`,
  WHO_HAS_WHICH_PART: msg`Who has which part?`,
  PAID_OR_SHARED: msg`Did that person pay it, or share it?`,
  PAID_OR_FOR: msg`Did that person pay it, or is it for that person?`,
  WHO_IS_MEANT: msg`Who is meant? Please use names.`,
  PAYMENT_BETWEEN_TWO: msg`Is that a payment between two people? Then record it as a payment.`,
  WHO_SHARES: msg`Who shares it?`,
  WHO_IS_OUT: msg`Who does not share, or did not pay?`,
  SHARED_HOW: msg`Who shares it, and how? A part of it was not understood.`,
  WHO_TAKES_NO_PART: msg`Who does not take part?`,
  WHO_PAID_WHO_SHARES: msg`Who paid, and who shares it?`,
  WHOSE_SHARES: msg`Whose shares are these?`,
  WHOSE_PART: msg`Whose part is that?`,
  WHO_COUNTS_MORE: msg`Who counts for more or less?`,
  HOW_MUCH_MORE: msg`How much more or less is that?`,
  WHO_OWES: msg`Who owes that?`,
  WHO_ARE_THE_OTHERS: msg`Who are the others?`,
  EVERYONE_OR_NAMED: msg`Is it shared by everyone, or only by those who are named?`,
  FEWER_WORDS: msg`Can you say it in fewer words?`,
  WHO_IS_IN_GROUP: msg`Who is in the group?`,
  UNREADABLE: msg`This could not be read. Please say it in other words.`,
  DOES_NOT_ADD_UP: msg`That does not add up: the shares are not the total.`,
  NOT_OF_THIS_GROUP: msg`What was read does not fit the people of this group. Please say it in other words.`,
  GIVEN_UP: msg`This could not be read because of a problem on our side. Please enter it yourself.`,
  NO_GROUP: msg`There is no such group any more.`,
  NOT_IN_GROUP: msg`You are not in this group.`,
  PHOTO_GONE: msg`The photo is not there any more.`,
  NO_PHOTOS: msg`Photos cannot be read here any more.`,
  GEMINI_OWN_SPENT: msg`Gemini has read as much for you as it may today.`,
  GEMINI_SPENT: msg`Gemini has read as much as it may today.`,
  GEMINI_TOO_LATE: msg`Gemini did not answer in time.`,
  GEMINI_UNREACHABLE: msg`Gemini could not be reached.`,
  GEMINI_BUSY: msg`Gemini has too much to do at the moment.`,
  GEMINI_REFUSED: msg`Gemini did not accept the question.`,
  GEMINI_INVALID: msg`Gemini gave an answer that cannot be used.`,
  BUILT_IN_INSTEAD: msg`The built-in reader has read this instead.`,
}

const EXTRAS: Record<string, (amount: string) => string> = {
  tip: (amount) => t`The tip comes to ${amount}.`,
  tax: (amount) => t`The tax comes to ${amount}.`,
  discount: (amount) => t`The discount comes to ${amount}.`,
}

const OF_FACTS: Record<string, Compose> = {
  AMOUNT: ({ text }) => t`How much is “${text}”?`,
  STRANGER: ({ name }) => t`I don’t know who ${name} is.`,
  DAY_OR_MONTH: ({ first, second }) =>
    t`Is ${first}/${second} the day before the month, or the month before the day?`,
  PERCENT_MADE: ({ percent }) => t`The parts make ${percent}%, not 100%.`,
  IS_THAT_A_NAME: ({ word }) => t`Is “${word}” somebody’s name here?`,
  WHO_ARE_THE: ({ count }) => t`Who are the ${count}?`,
  WHICH_CURRENCY: (facts) => {
    const choices = choiceOf(facts.choices.split('\n'))
    return t`Which currency is it in: ${choices}?`
  },
  WHO_IS: (facts) => {
    const { written } = facts
    const choices = choiceOf(facts.choices.split('\n'))
    return t`Who is “${written}”: ${choices}?`
  },
  EXTRA_COMES_TO: ({ extra, amount, currency }) =>
    EXTRAS[extra]?.(formatMoney({ amount, currency })) ?? '',
  WHICH_TOTAL: (facts) => {
    const { currency } = facts
    const first = formatMoney({ amount: facts.first, currency })
    const second = formatMoney({ amount: facts.second, currency })
    return t`Is the total ${first} or ${second}?`
  },
  PARTS_MAKE: (facts) => {
    const { currency } = facts
    const each = facts.parts.split('\n').map((amount) => formatMoney({ amount, currency }))
    const parts = new Intl.ListFormat(i18n.locale).format(each)
    const total = formatMoney({ amount: facts.total, currency })
    return t`${parts} does not make ${total}: who shares what?`
  },
  // Gemini's own words, in the language of the text.
  SAID: ({ text }) => text,
}

/** "EUR or USD", as the language puts it. */
function choiceOf(parts: readonly string[]): string {
  return new Intl.ListFormat(i18n.locale, { type: 'disjunction' }).format(parts)
}

/** What a draft leaves open, or takes for granted, as a sentence. */
export function remarkSentence(remark: Problem): string {
  const plain = PLAIN[remark.code]
  return plain ? t(plain) : problemSentence(remark, OF_FACTS)
}
