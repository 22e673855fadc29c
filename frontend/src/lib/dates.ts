import { currentLocale } from './i18n'

/** Calendar dates are "2026-11-22" strings and never pass through a time zone. */

/** Today where the person is. */
export function today(now = new Date()): string {
  const two = (part: number) => part.toString().padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

type DateStyle = Intl.DateTimeFormatOptions

const DAY: DateStyle = { day: 'numeric', month: 'short' }
const MONTH: DateStyle = { month: 'long', year: 'numeric' }
const LONG: DateStyle = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }

function format(date: string, style: DateStyle): string {
  // Parsed and printed in UTC, so that the day stays the day.
  const parsed = new Date(`${date}T00:00:00Z`)
  return new Intl.DateTimeFormat(currentLocale(), { ...style, timeZone: 'UTC' }).format(parsed)
}

/** "22 Nov" */
export function formatDay(date: string): string {
  return format(date, DAY)
}

/** Whether it is a calendar date, such as "2026-11-22". */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

/** "22 Nov 2026" */
export function formatDayAndYear(date: string): string {
  return format(date, { ...DAY, year: 'numeric' })
}

/** "November 2026", from a date or from "2026-11". */
export function formatMonth(date: string): string {
  return format(`${date.slice(0, 7)}-01`, MONTH)
}

/** The last day of a month: "2026-11-30" of "2026-11". */
export function lastOfMonth(month: string): string {
  const first = new Date(`${month}-01T00:00:00Z`)
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0))
  return last.toISOString().slice(0, 10)
}

/** "Nov", the label of a bar. */
export function formatShortMonth(month: string): string {
  return format(`${month}-01`, { month: 'short' })
}

/** "1 – 28 Oct 2026" */
export function formatRange(from: string, to: string): string {
  const style: DateStyle = { ...DAY, year: 'numeric', timeZone: 'UTC' }
  const midnight = (date: string) => new Date(`${date}T00:00:00Z`)
  return new Intl.DateTimeFormat(currentLocale(), style).formatRange(midnight(from), midnight(to))
}

/** "Sunday, 22 November 2026" */
export function formatLong(date: string): string {
  return format(date, LONG)
}

/** "22 Nov, 09:30": a moment, in the reader's own time zone. */
export function formatMoment(moment: string): string {
  const style: DateStyle = { ...DAY, hour: '2-digit', minute: '2-digit' }
  return new Intl.DateTimeFormat(currentLocale(), style).format(new Date(moment))
}

/** The local calendar day of a moment. */
export function dayOf(moment: string): string {
  return today(new Date(moment))
}

const DAY_MS = 86_400_000

/** How many days before `reference` a date is; negative for later ones. */
function daysBefore(date: string, reference: string): number {
  return (Date.parse(reference) - Date.parse(date)) / DAY_MS
}

/** "Today", "Yesterday", or "Friday, 20 November"; with the year where it is another one. */
export function formatDayName(date: string, reference = today()): string {
  const days = daysBefore(date, reference)
  if (days === 0 || days === 1) {
    const relative = new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' })
    return capitalised(relative.format(-days, 'day'))
  }
  const sameYear = date.slice(0, 4) === reference.slice(0, 4)
  return format(date, sameYear ? { ...LONG, year: undefined } : LONG)
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase(currentLocale()) + text.slice(1)
}

/** "20", without a leading zero. */
export function dayOfMonth(date: string): string {
  return format(date, { day: 'numeric' })
}

/** "Fri" */
export function formatWeekday(date: string): string {
  return format(date, { weekday: 'short' })
}

/** "09:30": the time of a moment, in the reader's own time zone. */
export function formatTime(moment: string): string {
  const style: DateStyle = { hour: '2-digit', minute: '2-digit' }
  return new Intl.DateTimeFormat(currentLocale(), style).format(new Date(moment))
}
