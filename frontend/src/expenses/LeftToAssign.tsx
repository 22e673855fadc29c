import { Check } from 'lucide-react'
import { abs, formatMoney, fromMinor } from '../money'
import { classes } from '../ui/classes'

interface LeftToAssignProps {
  left: bigint
  currency: string
}

/** The line under amounts that have to add up: what is missing, or what is too much. */
export function LeftToAssign({ left, currency }: LeftToAssignProps) {
  const amount = formatMoney(fromMinor(abs(left), currency))
  const text = left === 0n ? 'Everything is assigned' : left > 0n ? 'left to assign' : 'too much'
  return (
    <p
      role="status"
      className={classes(
        'flex items-center justify-end gap-1.5 text-sm font-semibold',
        left === 0n ? 'text-plus' : 'text-minus',
      )}
    >
      {left === 0n ? (
        <Check size={16} aria-hidden="true" />
      ) : (
        <span className="tabular">{amount}</span>
      )}
      {text}
    </p>
  )
}
