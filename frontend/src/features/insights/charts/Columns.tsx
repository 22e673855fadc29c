import { BarRounded, BarStack } from '@visx/shape'
import type { ReactNode } from 'react'
import { formatMoney, sum, toMinor, type Money } from '../../../lib/money'
import { classes } from '../../../ui/classes'
import { TipLink } from '../../../ui/TipLink'
import { AMOUNT, ColumnMark, goWithArrows, type ColumnFacts } from './ColumnMark'
import { Plot, type Scales } from './Plot'
import { highest, lengthOf } from './scale'

/** A part of a column, in a colour of its own. */
export interface Slice {
  name: string
  /** The colour, as that of a text. */
  tone: string
  total: Money
}

/** A part that leads to what makes it. */
export interface Part extends Slice {
  key: string
  to: string
  tip: ReactNode
}

export interface Column extends ColumnFacts {
  total: Money
  /** From the bottom to the top, in each column the same; without them it is of one colour. */
  parts?: readonly Part[]
}

interface ColumnsProps {
  name: string
  columns: readonly Column[]
  currency: string
}

/** Spending over time, each column by its parts. */
export function Columns({ name, columns, currency }: ColumnsProps) {
  const heights = columns.map((column) => heightsOf(column))
  const labels = columns.map(({ label }) => label)
  const amounts = columns.map(({ total }) => formatMoney(total))
  const parts = heights[0] ?? []
  return (
    <Plot name={name} columns={columns} highest={highest(heights.map(sum))} currency={currency}>
      {(scales) => (
        <BarStack
          data={columns.map(({ key }, index) => ({ key, heights: heights[index] ?? [] }))}
          keys={[...parts.keys()]}
          x={({ key }) => key}
          value={({ heights }, part) => lengthOf(heights[part] ?? 0n)}
          xScale={scales.x}
          yScale={scales.y}
          color={() => 'currentColor'}
        >
          {(stacks) =>
            columns.map((column, index) => (
              <Stack
                key={column.key}
                scales={scales}
                column={column}
                labelled={scales.shows(labels, index)}
                amount={scales.fits(amounts) ? amounts[index] : undefined}
                boxes={stacks.flatMap(({ bars }) => bars[index] ?? [])}
              />
            ))
          }
        </BarStack>
      )}
    </Plot>
  )
}

/** The heights of its parts; a refund is none: the table has it. */
function heightsOf({ total, parts }: Column): bigint[] {
  const totals = parts?.map((part) => part.total) ?? [total]
  return totals.map(toMinor).map((minor) => (minor > 0n ? minor : 0n))
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

interface StackProps {
  scales: Scales
  column: Column
  labelled: boolean
  amount: string | undefined
  /** Where the parts are. */
  boxes: readonly Box[]
}

function Stack({ scales, column, labelled, amount, boxes }: StackProps) {
  const { parts = [] } = column
  const shown = boxes.map((box, index) => ({ box, part: parts[index] })).filter(isSeen)
  const top = shown.at(-1)
  return (
    <ColumnMark
      scales={scales}
      column={column}
      labelled={labelled}
      mark={
        <>
          {amount && top && (
            <text
              x={top.box.x + top.box.width / 2}
              y={top.box.y - 6}
              textAnchor="middle"
              className={classes(AMOUNT, 'fill-muted')}
            >
              {amount}
            </text>
          )}
          {top && !top.part && (
            <BarRounded {...top.box} top radius={6} className="fill-brand stroke-surface" />
          )}
        </>
      }
    >
      {shown.map(
        ({ box, part }) =>
          part && (
            <TipLink
              key={part.key}
              to={part.to}
              tip={part.tip}
              aria-label={part.name}
              tabIndex={-1}
              className={classes('group/part outline-none', part.tone)}
              onKeyDown={goWithArrows}
            >
              <BarRounded
                {...box}
                top={box === top?.box}
                radius={6}
                className="fill-current stroke-surface group-hover/part:opacity-80 group-focus-visible/part:stroke-ink group-focus-visible/part:stroke-2"
              />
            </TipLink>
          ),
      )}
    </ColumnMark>
  )
}

function isSeen({ box }: { box: Box }): boolean {
  return box.height > 0
}
