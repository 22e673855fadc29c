import type { ReactNode } from 'react'
import { byDay, formatDayName } from '../../lib/dates'

interface PaymentDaysProps<Payment> {
  payments: readonly Payment[]
  heading: 'h2' | 'h3'
  /** A payment in the list of its day. */
  children: (payment: Payment) => ReactNode
}

/** Payments day by day. */
export function PaymentDays<Payment extends { date: string }>(props: PaymentDaysProps<Payment>) {
  const { payments, heading: Heading, children } = props
  return byDay(payments, ({ date }) => date).map(({ day, items }) => (
    <section key={day} className="[contain-intrinsic-size:auto_8rem] [content-visibility:auto]">
      <Heading className="px-2.5 pt-2 pb-1 font-sans text-sm font-semibold text-muted">
        {formatDayName(day)}
      </Heading>
      <ul>{items.map(children)}</ul>
    </section>
  ))
}
