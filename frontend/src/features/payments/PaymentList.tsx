import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { HandCoins } from 'lucide-react'
import { unmask } from '../../api/fragments'
import { readRefusal } from '../../api/refusal'
import { useRefetchOn } from '../../api/useRefetchOn'
import type { GroupContext } from '../groups'
import { GroupPayments, type PaymentPartsFragment } from './documents.generated'
import { PaymentItem } from './PaymentItem'
import { formatDayName } from '../../lib/dates'
import { partsBy } from '../../lib/parts'
import { LoadMore } from '../../ui/LoadMore'
import { LongList } from '../../ui/longList/LongList'
import { Empty, Failure, SkeletonRows, Unavailable } from '../../ui/states'

const PAGE = 50

/** The payments of a group, newest first. */
export function PaymentList({ group, people }: GroupContext) {
  const { data, error, loading, refetch, fetchMore } = useQuery(GroupPayments, {
    variables: { id: group.id, first: PAGE },
    notifyOnNetworkStatusChange: true,
  })
  useRefetchOn(group.ledgerVersion, refetch)
  const connection = data?.group?.payments
  const payments = connection?.edges.map(({ node }) => unmask<PaymentPartsFragment>(node))
  const retry = () => void refetch()
  return (
    <section aria-label={t`Payments`} className="card p-1.5">
      <h2 className="px-2.5 pt-2.5 pb-1 text-lg">
        <Trans>Payments</Trans>
      </h2>
      {!connection && (loading || !error) && <SkeletonRows rows={2} label={t`Loading payments`} />}
      {!connection && !loading && error && <Missing error={error} retry={retry} />}
      {connection && error && (
        <Unavailable what={t`Newer payments are not available right now.`} onRetry={retry} />
      )}
      {payments?.length === 0 && (
        <Empty icon={<HandCoins size={26} aria-hidden="true" />} title={t`No payments yet`}>
          <Trans>When somebody pays somebody back, record it here.</Trans>
        </Empty>
      )}
      {payments && (
        <LongList
          parts={partsBy(payments, ({ date }) => date)}
          title={formatDayName}
          heading="h3"
          look={{ heading: 'px-2.5 pt-2 pb-1 font-sans text-sm font-semibold text-muted' }}
        >
          {(payment) => <PaymentItem payment={payment} people={people} />}
        </LongList>
      )}
      {connection?.pageInfo.hasNextPage && (
        <LoadMore
          after={connection.pageInfo.endCursor}
          busy={loading}
          onLoad={() => void fetchMore({ variables: { after: connection.pageInfo.endCursor } })}
        >
          <Trans>Show earlier payments</Trans>
        </LoadMore>
      )}
    </section>
  )
}

function Missing({ error, retry }: { error: unknown; retry: () => void }) {
  const refusal = readRefusal(error)
  if (refusal.code !== 'UNREACHABLE')
    return <Unavailable what={t`Payments are not available right now.`} onRetry={retry} />
  return <Failure onRetry={retry}>{refusal.message}</Failure>
}
