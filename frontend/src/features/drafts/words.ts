import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { formatDay } from '../../lib/dates'
import { partsLabel } from '../expenses'
import type { Advisor } from '../../api/schema.generated'
import type { DraftPartsFragment } from './documents.generated'
import type { DraftedPayment } from './useDecision'
import type { People } from '../groups'
import { formatMoney, signOf } from '../../lib/money'

type Draft = DraftPartsFragment
type CategoryLabel = (category: string) => string

/** "You paid", "paid by you €30.00, Ben €12.00"; empty when that is not known. */
function payersText({ payers, total }: Draft, people: People): string {
  const [first, ...others] = payers
  const refund = total && signOf(total) < 0
  if (!first) return ''
  if (others.length > 0) {
    const parts = partsLabel(payers, people)
    return refund ? t`received by ${parts}` : t`paid by ${parts}`
  }
  if (people.isViewer(first.member.id)) return refund ? t`You received` : t`You paid`
  const name = people.name(first.member.id)
  return refund ? t`${name} received` : t`${name} paid`
}

/** When, what kind and who paid, as far as it is known. */
export function factsOf(draft: Draft, people: People, label: CategoryLabel): string {
  const { date, category } = draft
  const facts = [date && formatDay(date), category && label(category), payersText(draft, people)]
  return facts.filter(Boolean).join(' · ')
}

const READERS: Record<Advisor, MessageDescriptor> = {
  RULES: msg`read by the built-in rules`,
  GEMINI: msg`read by Gemini`,
}

/** What it was read from, and by whom. */
export function sourceOf({ text, advisor }: Draft): string {
  return [text && t`“${text}”`, advisor && t(READERS[advisor])].filter(Boolean).join(', ')
}

/** "You gave Ben", as a title beside the amount. */
export function handedOver({ from, to }: DraftedPayment, people: People): string {
  const payer = people.name(from.id)
  const receiver = people.name(to.id)
  if (people.isViewer(from.id)) return t`You gave ${receiver}`
  return people.isViewer(to.id) ? t`${payer} gave you` : t`${payer} gave ${receiver}`
}

/** What a screen reader tells about a draft as soon as it changes. */
export function announcementOf(
  draft: Draft,
  people: People,
  label: CategoryLabel,
  problems: readonly string[],
): string {
  const { status, description, total, shares, payment } = draft
  if (status === 'PENDING') return t`Reading your draft.`
  if (payment) {
    const content = [handedOver(payment, people), formatMoney(payment.amount)].join(', ')
    return t`A payment: ${content}.`
  }
  if (status === 'FAILED') return [t`This draft is not complete.`, ...problems].join(' ')
  const what = [description, total && formatMoney(total), factsOf(draft, people, label)]
  const content = what.filter(Boolean).join(', ')
  const parts = partsLabel(shares, people)
  return [t`Draft: ${content}.`, t`Shares: ${parts}.`, ...problems].join(' ')
}
