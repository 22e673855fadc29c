import type { ExpenseFilter } from '../../../api/schema.generated'
import { isDate } from '../../../lib/dates'

/** What is asked of the expenses in a list, under its names in the address. */
const NAMES = {
  category: 'category',
  member: 'memberId',
  payer: 'payerId',
  from: 'from',
  to: 'to',
  min: 'minAmount',
  max: 'maxAmount',
  currency: 'currency',
  deleted: 'includeDeleted',
  mine: 'mine',
} as const satisfies Record<string, keyof ExpenseFilter>

type Name = keyof typeof NAMES
export type Filter = Partial<Record<Name, string>>

const ORDER = Object.keys(NAMES) as Name[]

/** The filter in an address; days that are none are not in it. */
export function readFilter(params: URLSearchParams): Filter {
  const entries = ORDER.map((name) => [name, params.get(name) ?? ''] as const)
  const isGiven = ([name, value]: (typeof entries)[number]) =>
    name === 'from' || name === 'to' ? isDate(value) : value !== ''
  return Object.fromEntries(entries.filter(isGiven))
}

/** The filter as the search of an address; empty when nothing is asked. */
export function filterSearch(filter: Filter): string {
  const entries = ORDER.flatMap((name) => (filter[name] ? [[name, filter[name]]] : []))
  return entries.length > 0 ? `?${new URLSearchParams(entries).toString()}` : ''
}

/** What the server is asked, together with a text that is searched for. */
export function filterInput(filter: Filter, text: string): ExpenseFilter | undefined {
  const entries = ORDER.flatMap((name) => (filter[name] ? [[NAMES[name], filter[name]]] : []))
  const input: ExpenseFilter = {
    ...(Object.fromEntries(entries) as ExpenseFilter),
    ...(filter.deleted && { includeDeleted: true }),
    ...(filter.mine && { mine: true }),
    ...(text && { text }),
  }
  return Object.keys(input).length > 0 ? input : undefined
}
