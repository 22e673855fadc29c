import type { Money } from '../../lib/money'

interface Transfer {
  from: { id: string }
  to: { id: string }
  amount: Money
}

/** The parameters of the payment dialog that fill in a proposed transfer. */
export function paymentOf({ from, to, amount }: Transfer): Record<string, string> {
  return { from: from.id, to: to.id, amount: amount.amount, currency: amount.currency }
}
