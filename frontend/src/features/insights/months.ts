import { addMonths } from './span'

/** A question about twelve months asks for each of them under a number. */
const SLOTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const
type Slot = (typeof SLOTS)[number]

/** The month under each number, of the twelve up to the last one. */
export function monthsUpTo(last: string): [Slot, string][] {
  return SLOTS.map((slot) => [slot, addMonths(last, slot - SLOTS.length)])
}

/** The moment at which each of the twelve months ends where the person is. */
export function endsOfMonths(last: string) {
  const ends = monthsUpTo(last).map(([slot, month]) => {
    const [year = 0, number = 0] = month.split('-').map(Number)
    return [`at${slot}`, new Date(year, number, 1).toISOString()]
  })
  return Object.fromEntries(ends) as Record<`at${Slot}`, string>
}
