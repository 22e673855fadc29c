import { formatMoney, signOf, type Money } from '../lib/money'
import { classes } from './classes'

interface AmountProps {
  money: Money
  /** Colour and sign by direction; otherwise a plain amount. */
  directed?: boolean
  className?: string
}

const TONES = { '-1': 'text-minus', '0': 'text-muted', '1': 'text-plus' } as const

export function toneOf(money: Money): string {
  return TONES[signOf(money)]
}

/**
 * Money in tabular figures, never broken, cut or reordered by the text around it. A direction is told by the sign as
 * well as by the colour.
 */
export function Amount({ money, directed = false, className }: AmountProps) {
  return (
    <bdi
      className={classes(
        'tabular shrink-0 whitespace-nowrap',
        directed && toneOf(money),
        className,
      )}
    >
      {formatMoney(money, { signed: directed })}
    </bdi>
  )
}
