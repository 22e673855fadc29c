import type { ExpensePartsFragment } from './documents.generated'
import type { People } from '../groups'
import { formatMoney, fromMinor, sum, toMinor, type Money } from '../../lib/money'

type Parts = readonly { member: { id: string }; amount: Money }[]

function partOf(parts: Parts, memberId: string): bigint {
  return sum(
    parts.filter(({ member }) => member.id === memberId).map(({ amount }) => toMinor(amount)),
  )
}

/** What an expense does to a member's balance: paid less share; undefined if neither. */
export function effectOn(
  expense: Pick<ExpensePartsFragment, 'payers' | 'shares' | 'total'>,
  memberId: string,
): Money | undefined {
  const involved = [...expense.payers, ...expense.shares].some(
    ({ member }) => member.id === memberId,
  )
  if (!involved) return undefined
  const effect = partOf(expense.payers, memberId) - partOf(expense.shares, memberId)
  return fromMinor(effect, expense.total.currency)
}

/** "you €30.00, Ben €12.00" */
export function partsLabel(parts: Parts, people: People): string {
  return parts
    .map(({ member, amount }) => `${people.inline(member.id)} ${formatMoney(amount)}`)
    .join(', ')
}
