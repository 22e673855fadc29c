import type { CreateScheduleInput, Frequency, SplitInput } from '../../api/schema.generated'
import { today } from '../../lib/dates'
import type { ExpenseToRepeatQuery, ScheduleRowFragment } from './documents.generated'

export type Repeatable = NonNullable<ExpenseToRepeatQuery['expense']>

/** When an expense is entered again. */
export interface Rhythm {
  frequency: Frequency
  every: number
  first: string
  /** The last day; empty for none. */
  until: string
  /** How often altogether, as typed; empty for no end. */
  count: string
}

/** What is sent so that an expense is entered again and again, paid and split as it is. */
export function scheduleInput(
  expense: Repeatable,
  groupId: string,
  { frequency, every, first, until, count }: Rhythm,
  idempotencyKey: string,
): CreateScheduleInput {
  const { description, total, rate, category, notes, payers, splitInput } = expense
  return {
    groupId,
    description,
    total: { amount: total.amount, currency: total.currency },
    ...(rate && { rate }),
    category,
    notes,
    payers: payers.map(({ member, amount }) => ({ memberId: member.id, amount: amount.amount })),
    split: plain(splitInput),
    date: first,
    frequency,
    every,
    ...endOf({ until, count }),
    idempotencyKey,
  }
}

/** What a schedule enters, as the content of an expense. Its shares follow from the split as it was entered. */
export function templateOf(schedule: ScheduleRowFragment) {
  const { description, total, category, notes, payers, splitMode, splitInput, nextDate } = schedule
  return {
    description: description ?? '',
    total,
    date: nextDate ?? today(),
    category: category ?? 'other',
    notes,
    payers,
    splitMode: splitMode ?? 'EQUAL',
    ...(splitInput && { splitInput }),
    shares: [],
    items: [],
  }
}

/** When it is over: on a day, after so many times, or never. */
export function endOf({ until, count }: Pick<Rhythm, 'until' | 'count'>) {
  return { until: until || null, count: /^\d+$/.test(count) ? Number.parseInt(count) : null }
}

/** The one field that is given, without what the cache adds. */
function plain(split: Repeatable['splitInput']): SplitInput {
  const text = JSON.stringify(split, (key, value: unknown) =>
    key === '__typename' || value === null ? undefined : value,
  )
  return JSON.parse(text) as SplitInput
}
