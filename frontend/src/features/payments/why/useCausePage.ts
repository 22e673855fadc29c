import { skipToken, useQuery } from '@apollo/client/react'
import { BalanceCauses, TransferCauses } from './documents.generated'
import type { Subject } from './subject'

/** One page of what makes a balance or a transfer. */
export function useCausePage(id: string, subject: Subject, after: string | null) {
  const { from, to, currency, perHousehold } = subject
  // Kept out of the cache, where it would replace the balances of the group.
  const options = { variables: { id, after, perHousehold }, fetchPolicy: 'no-cache' } as const
  const ofBalance = useQuery(BalanceCauses, to ? skipToken : options)
  const ofTransfer = useQuery(TransferCauses, to ? options : skipToken)

  const balance = ofBalance.data?.group?.balances?.find(
    ({ member, net }) => member.id === from && net.currency === currency,
  )
  const transfer = ofTransfer.data?.group?.settlement?.transfers.find(
    (each) => each.from.id === from && each.to.id === to && each.amount.currency === currency,
  )
  const { loading, error, refetch } = to ? ofTransfer : ofBalance
  return { page: (balance ?? transfer)?.because, loading, error, retry: () => void refetch() }
}
