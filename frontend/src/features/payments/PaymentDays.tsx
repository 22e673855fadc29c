import type { ReactNode } from 'react'
import { byDay, formatDayName } from '../../lib/dates'

interface PaymentDaysProps<Payment> {
  payments: readonly Payment[]
  /** A payment in the list of its day. */
  children: (payment: Payment) => ReactNode
}

/** Payments day by day. */
export function PaymentDays<Payment extends { date: string }>(props: PaymentDaysProps<Payment>) {
  return byDay(props.payments, ({ date }) => date).map(({ day, items }) => (
    <section
      key={items[0]?.date}
      className="[contain-intrinsic-size:auto_8rem] [content-visibility:auto]"
    >
      <h3 className="px-2.5 pt-2 pb-1 font-sans text-sm font-semibold text-muted">
        {formatDayName(day)}
      </h3>
      <ul>{items.map(props.children)}</ul>
    </section>
  ))
}
