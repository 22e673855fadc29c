import { lastOfMonth } from '../../lib/dates'

/** How far back a report looks. */
export type Span = 'month' | 'year' | 'all'

/** The first day of the span that `today` is in; undefined without a beginning. */
export function startOf(span: Span, today: string): string | undefined {
  if (span === 'all') return undefined
  return span === 'year' ? `${today.slice(0, 4)}-01-01` : `${today.slice(0, 7)}-01`
}

export interface Range {
  from: string
  to: string
}

/** The same days of the month or year before; undefined where there is none before. */
export function rangeBefore(span: Span, today: string): Range | undefined {
  if (span === 'all') return undefined
  const year = (Number.parseInt(today, 10) - 1).toString().padStart(4, '0')
  const month = span === 'year' ? `${year}-${today.slice(5, 7)}` : addMonths(today.slice(0, 7), -1)
  const last = lastOfMonth(month)
  const day = `${month}${today.slice(7)}`
  const from = span === 'year' ? `${year}-01-01` : `${month}-01`
  return { from, to: day < last ? day : last }
}

/** "2026-11" is one month after "2026-10", and minus one before "2026-12". */
export function addMonths(month: string, count: number): string {
  const first = new Date(`${month}-01T00:00:00Z`)
  first.setUTCMonth(first.getUTCMonth() + count)
  return first.toISOString().slice(0, 7)
}

export function addDays(date: string, count: number): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + count)
  return day.toISOString().slice(0, 10)
}
