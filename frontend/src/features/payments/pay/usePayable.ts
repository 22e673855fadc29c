import { skipToken, useQuery } from '@apollo/client/react'
import { unmask } from '../../../api/fragments'
import { useRefetchOn } from '../../../api/useRefetchOn'
import type { Money } from '../../../lib/money'
import type { GroupContext } from '../../groups'
import { PayableTransfers, type PayOptionPartsFragment } from './documents.generated'

/** A transfer that the viewer can pay, and how; there is at least one way. */
export interface Payable {
  from: { id: string }
  to: { id: string }
  amount: Money
  options: readonly PayOptionPartsFragment[]
}

/** The proposed transfer that an address names, if it is the viewer's to pay and its receiver has said how. */
export function usePayable({ group, people }: GroupContext, params: URLSearchParams) {
  const [from, to] = [params.get('from') ?? people.viewerId, params.get('to')]
  const asked = to !== null && people.isViewer(from)
  // Kept out of the cache, where it would replace the settlement of the group.
  const variables = { id: group.id, perHousehold: params.has('household') }
  const options = { variables, fetchPolicy: 'no-cache' } as const
  const { data, loading, refetch } = useQuery(PayableTransfers, asked ? options : skipToken)
  useRefetchOn(asked ? group.ledgerVersion : undefined, refetch)

  const currency = params.get('currency') ?? group.currency
  const transfer = data?.group?.settlement?.transfers.find(
    (each) => each.from.id === from && each.to.id === to && each.amount.currency === currency,
  )
  const ways = unmask<PayOptionPartsFragment>(transfer?.payOptions ?? [])
  const payable: Payable | undefined =
    transfer && ways.length > 0 ? { ...transfer, options: ways } : undefined
  return { transfer, payable, loading: loading && !data }
}
