import { t } from '@lingui/core/macro'
import { unmask, type Masked } from '../../api/fragments'
import {
  editMoney,
  formatHundredths,
  fromMinor,
  signOf,
  toHundredths,
  toMinor,
  type Money,
} from '../../lib/money'
import type { EnteredSplitFragment } from './documents.generated'
import type { ItemForm, SplitForm, Without } from './split'

/** Everybody but those who take part. */
export function withoutOthers(taking: readonly string[], members: readonly string[]): Without {
  const ids = new Set(taking)
  return Object.fromEntries(members.filter((id) => !ids.has(id)).map((id) => [id, true]))
}

/** A saved split in the fields of its mode. Amounts stand there without the sign of a refund. */
export function enteredSplit(
  { total }: { total: Money },
  split: Masked<EnteredSplitFragment>,
  members: readonly string[],
): Partial<SplitForm> {
  const sign = signOf(total) < 0 ? -1n : 1n
  const money = (amount: string) =>
    editMoney(toMinor({ amount, currency: total.currency }) * sign, total.currency)
  const nonZero = (amount: string) => signOf({ amount, currency: total.currency }) !== 0
  const hundredths = (text: string) => formatHundredths(toHundredths(text))
  const { equal, exact, percent, weights, adjustments, items } = unmask<EnteredSplitFragment>(split)
  if (equal) return { without: withoutOthers(equal, members) }
  if (exact) return { exact: texts(exact, ({ amount }) => money(amount)) }
  if (percent) return { percent: texts(percent, (part) => hundredths(part.percent)) }
  if (weights) {
    // A field that nobody touched counts as one; nobody else takes part here.
    const none = Object.fromEntries(members.map((id) => [id, '']))
    return { weights: { ...none, ...texts(weights, ({ weight }) => hundredths(weight)) } }
  }
  if (adjustments) {
    const ids = adjustments.map(({ memberId }) => memberId)
    const other = adjustments.filter(({ amount }) => nonZero(amount))
    return {
      without: withoutOthers(ids, members),
      adjustments: texts(other, ({ amount }) => money(amount)),
    }
  }
  if (!items) return {}
  const extra = (amount: string) => (nonZero(amount) ? money(amount) : '')
  const { tax, tip, discount } = items
  return {
    items: items.items.map((item, index): ItemForm => ({
      key: index.toString(),
      name: item.name,
      amount: money(item.amount),
      without: withoutOthers(item.memberIds, members),
    })),
    tax: extra(tax),
    tip: extra(tip),
    discount: extra(discount),
  }
}

function texts<Part extends { memberId: string }>(
  parts: readonly Part[],
  text: (part: Part) => string,
): Record<string, string> {
  return Object.fromEntries(parts.map((part) => [part.memberId, text(part)]))
}

/** What is spread over the items of a receipt. */
export interface Extra {
  label: string
  amount: Money
}

/** Tax, tip and discount of a receipt, where there are some. */
export function extrasOf(total: Money, split: Masked<EnteredSplitFragment>): Extra[] {
  const { currency } = total
  const { items } = unmask<EnteredSplitFragment>(split)
  if (!items) return []
  const { tax, tip, discount } = items
  const rows = [
    { label: t`Tax`, amount: { amount: tax, currency } },
    { label: t`Tip`, amount: { amount: tip, currency } },
    { label: t`Discount`, amount: fromMinor(-toMinor({ amount: discount, currency }), currency) },
  ]
  return rows.filter(({ amount }) => signOf(amount) !== 0)
}
