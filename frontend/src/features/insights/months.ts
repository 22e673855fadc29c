import { unmask, type Masked } from '../../api/fragments'
import { lastOfMonth } from '../../lib/dates'
import type { CategoryRowFragment } from './documents.generated'
import { addMonths } from './span'
import type { Stacks } from './stacks'

/** A question about twelve months asks for each of them under a number. */
export const SLOTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const
type Slot = (typeof SLOTS)[number]

/** The month under each number, of the twelve up to the last one. */
export function monthsUpTo(last: string): [Slot, string][] {
  return SLOTS.map((slot) => [slot, addMonths(last, slot - SLOTS.length)])
}

/** The first and the last day of each of the twelve months. */
export function daysOfMonths(last: string) {
  const days = monthsUpTo(last).flatMap(([slot, month]) => [
    [`from${slot}`, `${month}-01`],
    [`to${slot}`, lastOfMonth(month)],
  ])
  return Object.fromEntries(days) as Record<`${'from' | 'to'}${Slot}`, string>
}

/** The moment at which each of the twelve months ends where the person is. */
export function endsOfMonths(last: string) {
  const ends = monthsUpTo(last).map(([slot, month]) => {
    const [year = 0, number = 0] = month.split('-').map(Number)
    return [`at${slot}`, new Date(year, number, 1).toISOString()]
  })
  return Object.fromEntries(ends) as Record<`at${Slot}`, string>
}

type Months = Record<
  `m${Slot}`,
  { byCategory: readonly Masked<CategoryRowFragment>[] } | null | undefined
>

export function stacksOf(months: Months, last: string): Stacks {
  return new Map(
    monthsUpTo(last).map(([slot, month]) => {
      const report = months[`m${slot}`]
      return [month, unmask<CategoryRowFragment>(report?.byCategory ?? [])]
    }),
  )
}
