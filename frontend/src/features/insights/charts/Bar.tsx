import { scaleLinear } from '@visx/scale'
import { Bar as Rectangle } from '@visx/shape'
import { abs, toMinor, type Money } from '../../../lib/money'
import { classes } from '../../../ui/classes'
import { lengthOf } from './scale'

interface BarProps {
  part: Money
  whole: bigint
  /** The colour, as that of a text. */
  tone?: string | undefined
}

/** How much of a whole it is, lying. */
export function Bar({ part, whole, tone = 'text-brand' }: BarProps) {
  const width = scaleLinear<number>({ domain: [0, lengthOf(whole) || 1], range: [0, 100] })
  return (
    <svg aria-hidden="true" className={classes('block h-2 w-full rounded-full bg-tile', tone)}>
      <Rectangle
        width={`${width(lengthOf(abs(toMinor(part))))}%`}
        height="100%"
        rx={4}
        className="fill-current"
      />
    </svg>
  )
}
