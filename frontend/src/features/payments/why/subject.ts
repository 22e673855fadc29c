import type { Money } from '../../../lib/money'

/** The parameter of a dialog about a household as a whole. */
export const HOUSEHOLD = { household: '1' }

/** What is to be explained: a balance, or a proposed transfer. */
export interface Subject {
  /** Whose balance, or who is to pay. */
  from: string
  /** Who is to be paid; a balance has none. */
  to: string | undefined
  currency: string
  /** Whether the members of a household count as one. */
  perHousehold: boolean
}

/** The parameters of the dialog that explains it. */
export function whyParams({ from, to, currency, perHousehold }: Subject): Record<string, string> {
  return { member: from, currency, ...(to && { to }), ...(perHousehold && HOUSEHOLD) }
}

/** What an address asks to be explained. */
export function subjectOf(params: URLSearchParams): Subject {
  return {
    from: params.get('member') ?? '',
    to: params.get('to') ?? undefined,
    currency: params.get('currency') ?? '',
    perHousehold: params.has('household'),
  }
}

/** The balances of a group and the transfers that settle them, by member or by household. */
export interface Balances {
  balances?: readonly { member: { id: string }; net: Money }[] | null
  settlement?: {
    transfers: readonly { from: { id: string }; to: { id: string }; amount: Money }[]
  } | null
}

/** Its amount now; undefined if there is no such balance or transfer any more. */
export function amountOf(
  { from, to, currency }: Subject,
  { balances, settlement }: Balances,
): Money | undefined {
  if (!to) {
    const isIt = ({ member, net }: { member: { id: string }; net: Money }) =>
      member.id === from && net.currency === currency
    return balances?.find(isIt)?.net
  }
  return settlement?.transfers.find(
    (transfer) =>
      transfer.from.id === from && transfer.to.id === to && transfer.amount.currency === currency,
  )?.amount
}
