import { lastOfMonth } from '../../lib/dates'
import { filterSearch, type Filter } from '../expenses'

/** The address of the expenses behind a mark of a chart. */
export type DrillDown = (filter: Filter) => string

/** Marks lead to the list at `path`, which is narrowed to what the whole report is narrowed to. */
export function drillDown(path: string, whole: Filter): DrillDown {
  return (filter) => path + filterSearch({ ...whole, ...filter })
}

export function daysOf(month: string): Filter {
  return { from: `${month}-01`, to: lastOfMonth(month) }
}
