import { plural, t } from '@lingui/core/macro'
import type { Frequency } from '../../api/schema.generated'

/** How often something is entered: "Every month", "Every 2 weeks". */
export function rhythmText(frequency: Frequency, every: number): string {
  switch (frequency) {
    case 'DAILY':
      return plural(every, { one: 'Every day', other: 'Every # days' })
    case 'WEEKLY':
      return plural(every, { one: 'Every week', other: 'Every # weeks' })
    case 'MONTHLY':
      return plural(every, { one: 'Every month', other: 'Every # months' })
    case 'YEARLY':
      return plural(every, { one: 'Every year', other: 'Every # years' })
  }
}

/** The units of a rhythm, for their choice. */
export function unitLabels(): Record<Frequency, string> {
  return { DAILY: t`days`, WEEKLY: t`weeks`, MONTHLY: t`months`, YEARLY: t`years` }
}

/**
 * The day one step after another. The 31st falls on the last day of a shorter month, as it does at
 * the server.
 */
export function following(date: string, frequency: Frequency, every: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  if (frequency === 'DAILY' || frequency === 'WEEKLY') {
    const days = frequency === 'DAILY' ? every : 7 * every
    return iso(new Date(Date.UTC(year, month - 1, day + days)))
  }
  const months = month - 1 + (frequency === 'MONTHLY' ? every : 12 * every)
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate()
  return iso(new Date(Date.UTC(year, months, Math.min(day, last))))
}

const iso = (date: Date) => date.toISOString().slice(0, 10)
