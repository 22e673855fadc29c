import { Trans } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { abs, formatHundredths, formatMoney, fromMinor } from '../../lib/money'
import { classes } from '../../ui/classes'

/** Writes what is left, without its sign. */
export type Writer = (left: bigint) => string

export function moneyWriter(currency: string): Writer {
  return (left) => formatMoney(fromMinor(abs(left), currency))
}

export const percentWriter: Writer = (left) => `${formatHundredths(abs(left))}%`

interface LeftToAssignProps {
  left: bigint
  write: Writer
}

/** The line under numbers that have to add up: what is missing, or what is too much. */
export function LeftToAssign({ left, write }: LeftToAssignProps) {
  const amount = <span className="tabular">{write(left)}</span>
  return (
    <p
      role="status"
      className={classes(
        'flex items-center justify-end gap-1.5 text-sm font-semibold',
        left === 0n ? 'text-plus' : 'text-minus',
      )}
    >
      {left === 0n && <Check size={16} aria-hidden="true" />}
      <span>
        {left === 0n && <Trans>Everything is assigned</Trans>}
        {left > 0n && <Trans>{amount} left to assign</Trans>}
        {left < 0n && <Trans>{amount} too much</Trans>}
      </span>
    </p>
  )
}

interface AddsUpProps {
  left: bigint | undefined
  write: Writer
  error: string | undefined
}

/** What is left to assign, and after a try to save, why that did not work. */
export function AddsUp({ left, write, error }: AddsUpProps) {
  return (
    <>
      {left !== undefined && <LeftToAssign left={left} write={write} />}
      {error && (
        <p role="alert" className="text-right text-sm text-danger">
          {error}
        </p>
      )}
    </>
  )
}
