import { percentOf, sum, toMinor, type Money } from '../../lib/money'
import type { ReactNode } from 'react'
import { Amount } from '../../ui/Amount'
import { classes } from '../../ui/classes'
import { TipLink } from '../../ui/TipLink'
import { largest } from './scale'

/** A part of a column, in a colour of its own. */
export interface Slice {
  name: string
  tone: string
  total: Money
}

export interface Column {
  key: string
  /** What stands below it. */
  label: string
  /** The same in full, for readers of screens. */
  name: string
  total: Money
  /** From the bottom to the top; without them it is of one colour. */
  slices?: readonly Slice[] | undefined
  to: string
  tip: ReactNode
}

/** Scrolls a list to its end when it appears. */
export function showEnd(list: HTMLElement | null): void {
  if (list) list.scrollLeft = list.scrollWidth
}

export const COLUMNS =
  'relative flex items-end gap-2 overflow-x-auto print:gap-1 print:overflow-visible'
export const COLUMN = 'grid h-full max-w-24 min-w-16 grow print:min-w-0'

/** Spending over time. Many columns scroll sideways, starting with the latest; each leads to what makes it. */
export function Columns({ columns }: { columns: readonly Column[] }) {
  const whole = largest(columns.map(({ total }) => total))
  return (
    <ol ref={showEnd} className={classes(COLUMNS, 'h-48 pt-1')}>
      {columns.map(({ key, label, name, total, slices, to, tip }) => (
        <li key={key} className={COLUMN}>
          <TipLink
            to={to}
            tip={tip}
            className="grid grid-rows-[1fr_auto] gap-1.5 rounded-lg -outline-offset-2 hover:bg-hover"
          >
            <span className="flex flex-col justify-end gap-1 text-center">
              <Amount money={total} className="text-xs text-muted print:text-[0.5rem]" />
              <Stack height={percentOf(toMinor(total), whole)} slices={slices} />
            </span>
            <span className="text-center text-xs text-muted">
              <span aria-hidden="true">{label}</span>
              <span className="sr-only">{name}</span>
            </span>
          </TipLink>
        </li>
      ))}
    </ol>
  )
}

function Stack({ height, slices = [] }: { height: string; slices: Column['slices'] }) {
  // A refund is no height: the table has it.
  const shown = slices.filter(({ total }) => toMinor(total) > 0n)
  const whole = sum(shown.map(({ total }) => toMinor(total)))
  return (
    <span
      aria-hidden="true"
      className={classes(
        'flex min-h-0.5 flex-col-reverse gap-px overflow-hidden rounded-t-md',
        shown.length === 0 && 'bg-brand',
      )}
      // Four fifths at most: the amount stands above the column.
      style={{ height: `calc(${height} * 0.8)` }}
    >
      {shown.map(({ name, tone, total }) => (
        <span
          key={name}
          className={classes('block shrink-0', tone)}
          style={{ height: percentOf(toMinor(total), whole) }}
        />
      ))}
    </span>
  )
}
