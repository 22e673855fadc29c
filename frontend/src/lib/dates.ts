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

/** "November 2026", from a date or from "2026-11". */
export function formatMonth(date: string): string {
  return format(`${date.slice(0, 7)}-01`, MONTH)
}

/** "Nov", the label of a bar. */
export function formatShortMonth(month: string): string {
  return format(`${month}-01`, { month: 'short' })
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
