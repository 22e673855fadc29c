import { unmask, type Fields, type Masked } from '../../api/fragments'
import type { SplitMode, UpdateExpenseInput } from '../../api/schema.generated'
import type {
  EnteredSplitFragment,
  ExpenseDetailQuery,
  ExpensePartsFragment,
} from './documents.generated'
import type { People, Person } from '../groups'
import { abs, editMoney, editRate, signOf, sum, toMinor, type Money } from '../../lib/money'
import type { Texts } from '../../lib/amounts'
import type { ExpenseForm, Reading } from './form'
import { enteredSplit, withoutOthers } from './entered'
import { emptySplit, type ItemForm, type SplitForm } from './split'

type Answered = NonNullable<ExpenseDetailQuery['expense']>

/** An expense with everything that its dialogs show. */
export type Detail = Fields<Answered> & Fields<ExpensePartsFragment>

/** Opens an expense for its dialogs, which show all of it. */
export function detailOf(answer: Answered | null | undefined): Detail | undefined {
  return answer ? { ...answer, ...unmask<ExpensePartsFragment>(answer) } : undefined
}

type Parts = Detail['shares']

/** What of an expense is entered in a form. */
type Content = Pick<
  Detail,
  | 'description'
  | 'total'
  | 'date'
  | 'category'
  | 'notes'
  | 'payers'
  | 'splitMode'
  | 'shares'
  | 'items'
> &
  Partial<Pick<Detail, 'rate'> & { splitInput: Masked<EnteredSplitFragment> }>

/** Who can take part: everybody in the group, and who is in the expense already. */
export function membersOf(expense: Detail, people: People): Person[] {
  const named = new Set(
    [
      ...[...expense.payers, ...expense.shares].map(({ member }) => member),
      ...expense.items.flatMap(({ members }) => members),
    ].map(({ id }) => id),
  )
  return people.everyone.filter(({ id, state }) => state === 'ACTIVE' || named.has(id))
}

/** The form of what is known of an expense, as one would have typed it. */
export function formOf(expense: Content, members: readonly string[]): ExpenseForm {
  const [payer, ...others] = expense.payers
  return {
    ...splitOf(expense, members),
    description: expense.description,
    amount: textOf(expense.total),
    refund: signOf(expense.total) < 0,
    minus: false,
    currency: expense.total.currency,
    rate: expense.rate ? editRate(expense.rate) : '',
    date: expense.date,
    category: expense.category,
    notes: expense.notes ?? '',
    several: others.length > 0,
    payer: payer?.member.id ?? '',
    paid: textsOf(expense.payers),
  }
}

/** The form of a new expense like this one. Who is no longer in the group takes no part. */
export function copyOf(expense: Detail, people: People, date: string): ExpenseForm {
  const members = people.active.map(({ id }) => id)
  const form = formOf(expense, members)
  return { ...form, date, payer: members.includes(form.payer) ? form.payer : people.viewerId }
}

/** The sign is told by the form as a whole. */
function textOf(money: Money): string {
  return editMoney(abs(toMinor(money)), money.currency)
}

function textsOf(parts: Parts): Texts {
  const typed = parts.filter(({ amount }) => signOf(amount) !== 0)
  return Object.fromEntries(typed.map(({ member, amount }) => [member.id, textOf(amount)]))
}

const idsOf = (parts: Parts) => parts.map(({ member }) => member.id)

/** The split as it was entered. Of a draft only what it came to is known: that stays, until somebody changes it. */
function splitOf(expense: Content, members: readonly string[]): SplitForm {
  const { splitMode, shares, splitInput } = expense
  if (splitInput)
    return { ...emptySplit(), mode: splitMode, ...enteredSplit(expense, splitInput, members) }
  const items = splitMode === 'ITEMS' ? receiptOf(expense, members) : {}
  const mode: SplitMode = splitMode === 'EQUAL' || splitMode === 'ITEMS' ? splitMode : 'EXACT'
  const readable = splitMode === 'EQUAL' || splitMode === 'EXACT'
  return {
    ...emptySplit(),
    ...items,
    kept: readable ? null : splitMode,
    mode,
    without: withoutOthers(idsOf(shares), members),
    exact: textsOf(shares),
  }
}

/** Tax, tip and discount are spread alike, so what they make together can stand in one field. */
function receiptOf(expense: Content, members: readonly string[]): Partial<SplitForm> {
  const { currency } = expense.total
  const sign = signOf(expense.total) < 0 ? -1n : 1n
  const minorOf = (money: Money) => toMinor(money) * sign
  const items = expense.items.map((item, index): ItemForm => ({
    key: index.toString(),
    name: item.name,
    amount: editMoney(minorOf(item.amount), currency),
    without: withoutOthers(
      item.members.map(({ id }) => id),
      members,
    ),
  }))
  const extra = minorOf(expense.total) - sum(expense.items.map(({ amount }) => minorOf(amount)))
  return {
    items,
    tax: extra > 0n ? editMoney(extra, currency) : '',
    discount: extra < 0n ? editMoney(-extra, currency) : '',
  }
}

export type Changes = Omit<UpdateExpenseInput, 'id' | 'expectedVersion'>

/** What an update sends: only what is different. */
export function changesOf(before: Reading, after: Reading): Changes {
  const none = { rate: null }
  const old = { ...none, ...contentOf(before) }
  const different = Object.entries({ ...none, ...contentOf(after) }).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field as keyof Changes]),
  )
  const changes = Object.fromEntries(different) as Changes
  // The server takes the rate for that of the old currency.
  return changes.total ? { ...changes, ...rateOf(after) } : changes
}

function rateOf({ body }: Reading): Pick<Changes, 'rate'> {
  return body?.rate ? { rate: body.rate } : {}
}

/** All that a form has to say. */
export function contentOf({ body, split }: Reading): Changes {
  if (!body) return {}
  // Nothing is not a change for the server: an empty word takes a word away.
  return {
    ...body,
    notes: body.notes ?? '',
    category: body.category ?? 'other',
    split,
  }
}
