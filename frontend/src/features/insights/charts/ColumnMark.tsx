import { Bar } from '@visx/shape'
import type { KeyboardEvent, ReactNode } from 'react'
import { TipLink } from '../../../ui/TipLink'
import type { Scales } from './Plot'

/** An amount in a picture: lines of the grid keep clear of it. */
export const AMOUNT =
  'tabular stroke-surface stroke-4 text-xs [paint-order:stroke] group-hover:stroke-hover'

/** What a column of a picture is about. */
export interface ColumnFacts {
  key: string
  /** What stands below it. */
  label: string
  /** What it is and how much, for readers of screens. */
  name: string
  to: string
  tip: ReactNode
}

interface ColumnMarkProps {
  scales: Scales
  column: ColumnFacts
  /** Whether what stands below it is shown. */
  labelled: boolean
  /** What is drawn in it. */
  mark?: ReactNode
  /** Links of its own to parts of it. */
  children?: ReactNode
}

/** A column from top to bottom, wherever it is hit, with what stands below it. */
export function ColumnMark({ scales, column, labelled, mark, children }: ColumnMarkProps) {
  const { x, height } = scales
  const middle = (x(column.key) ?? 0) + x.bandwidth() / 2
  return (
    <g role="listitem" className="group">
      <TipLink
        to={column.to}
        tip={column.tip}
        aria-label={column.name}
        className="group/link outline-none"
        onKeyDown={goWithArrows}
      >
        <Bar
          x={middle - x.step() / 2 + 1}
          y={1}
          width={x.step() - 2}
          height={height - 2}
          rx={8}
          className="fill-transparent stroke-2 group-hover:fill-hover group-focus-visible/link:stroke-brand"
        />
        {mark}
      </TipLink>
      {labelled && (
        <text
          aria-hidden="true"
          x={middle}
          y={height - 9}
          textAnchor="middle"
          className="pointer-events-none fill-muted text-xs"
        >
          {column.label}
        </text>
      )}
      {children}
    </g>
  )
}

/** Up and down lead through a column and its parts, left and right to the columns beside it. */
export function goWithArrows(event: KeyboardEvent): void {
  const column = event.currentTarget.closest('[role=listitem]')
  if (!column) return
  const marks = [...column.querySelectorAll('a')]
  const at = marks.findIndex((mark) => mark === event.currentTarget)
  const aims: Record<string, HTMLElement | SVGElement | null | undefined> = {
    ArrowUp: marks[at + 1],
    ArrowDown: marks[at - 1],
    ArrowLeft: column.previousElementSibling?.querySelector('a'),
    ArrowRight: column.nextElementSibling?.querySelector('a'),
  }
  const aim = aims[event.key]
  if (!aim) return
  event.preventDefault()
  aim.focus()
}
