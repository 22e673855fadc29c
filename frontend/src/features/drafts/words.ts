import { formatDay } from '../../lib/dates'
import { categoryLabel, partsLabel } from '../expenses'
import type { Advisor } from '../../api/schema.generated'
import type { DraftPartsFragment } from './documents.generated'
import type { People } from '../groups'
import { formatMoney, signOf } from '../../lib/money'

type Draft = DraftPartsFragment

/** "You paid", "paid by you €30.00, Ben €12.00"; empty when that is not known. */
function payersText({ payers, total }: Draft, people: People): string {
  const [first, ...others] = payers
  const verb = total && signOf(total) < 0 ? 'received' : 'paid'
  if (!first) return ''
  if (others.length === 0) return `${people.label(first.member.id)} ${verb}`
  return `${verb} by ${partsLabel(payers, people)}`
}

/** When, what kind and who paid, as far as it is known. */
export function factsOf(draft: Draft, people: People): string {
  const { date, category } = draft
  const facts = [
    date && formatDay(date),
    category && categoryLabel(category),
    payersText(draft, people),
  ]
  return facts.filter(Boolean).join(' · ')
}

const READERS: Record<Advisor, string> = {
  RULES: 'read by the built-in rules',
  GEMINI: 'read by Gemini',
}

/** What it was read from, and by whom. */
export function sourceOf({ text, advisor }: Draft): string {
  return [text && `“${text}”`, advisor && READERS[advisor]].filter(Boolean).join(', ')
}

/** What a screen reader tells about a draft as soon as it changes. */
export function announcementOf(draft: Draft, people: People): string {
  const { status, description, total, shares, problems } = draft
  if (status === 'PENDING') return 'Reading your draft.'
  if (status === 'FAILED') return ['This draft is not complete.', ...problems].join(' ')
  const what = [description, total && formatMoney(total), factsOf(draft, people)]
  return [`Draft: ${what.filter(Boolean).join(', ')}.`, `Shares: ${partsLabel(shares, people)}.`]
    .concat(problems)
    .join(' ')
}
