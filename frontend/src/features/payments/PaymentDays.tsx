import type { ReactNode } from 'react'
import { byDay, formatDayName } from '../../lib/dates'
import { classes } from '../../ui/classes'

interface PaymentDaysProps<Payment> {
  payments: readonly Payment[]
  heading: 'h2' | 'h3'
  /** Each day on a card of its own; otherwise they share the one around them. */
  apart?: boolean
  /** A payment in the list of its day. */
  children: (payment: Payment) => ReactNode
}

/** Payments day by day. */
export function PaymentDays<Payment extends { date: string }>(props: PaymentDaysProps<Payment>) {
  const { payments, heading: Heading, apart = false, children } = props
  return byDay(payments, ({ date }) => date).map(({ day, items }) => (
    <section key={day} className="[contain-intrinsic-size:auto_8rem] [content-visibility:auto]">
      <Heading
        className={classes(
          'font-sans text-sm font-semibold text-muted',
          apart ? 'px-1 pb-1.5' : 'px-2.5 pt-2 pb-1',
        )}
      >
        {formatDayName(day)}
      </Heading>
      <ul className={apart ? 'card p-1.5' : undefined}>{items.map(children)}</ul>
    </section>
  ))
}
