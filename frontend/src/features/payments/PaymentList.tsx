import { useQuery } from '@apollo/client/react'
import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { HandCoins } from 'lucide-react'
import { readRefusal } from '../../api/refusal'
import { useRefetchOn } from '../../api/useRefetchOn'
import { formatDay } from '../../lib/dates'
import type { PaymentStatus } from '../../api/schema.generated'
import { GroupPayments, type GroupPaymentsQuery } from './documents.generated'
import type { GroupContext, People } from '../groups'
import { Amount } from '../../ui/Amount'
import { Button } from '../../ui/Button'
import { Empty, Failure, SkeletonRows, Unavailable } from '../../ui/states'
import { METHODS } from './methods'

const PAGE = 50

type Connection = NonNullable<NonNullable<GroupPaymentsQuery['group']>['payments']>
type PaymentRow = Connection['edges'][number]['node']

/** The payments of a group, newest first. */
export function PaymentList({ group, people }: GroupContext) {
  const { data, error, loading, refetch, fetchMore } = useQuery(GroupPayments, {
    variables: { id: group.id, first: PAGE },
    notifyOnNetworkStatusChange: true,
  })
  useRefetchOn(group.ledgerVersion, refetch)
  const connection = data?.group?.payments
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
      {connection?.edges.length === 0 && (
        <Empty icon={<HandCoins size={26} aria-hidden="true" />} title={t`No payments yet`}>
          <Trans>When somebody pays somebody back, record it here.</Trans>
        </Empty>
      )}
      <ul>
        {connection?.edges.map(({ node }) => (
          <PaymentItem key={node.id} payment={node} people={people} />
        ))}
      </ul>
      {connection?.pageInfo.hasNextPage && (
        <Button
          look="quiet"
          className="w-full"
          onClick={() => void fetchMore({ variables: { after: connection.pageInfo.endCursor } })}
        >
          <Trans>Show earlier payments</Trans>
        </Button>
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

const STATUSES: Record<PaymentStatus, MessageDescriptor | undefined> = {
  PROCESSED: undefined,
  PENDING: msg`pending, not counted yet`,
  DISPUTED: msg`disputed`,
  FAILED: msg`failed`,
  REFUNDED: msg`refunded`,
  VOIDED: msg`withdrawn`,
}

function PaymentItem({ payment, people }: { payment: PaymentRow; people: People }) {
  const { from, to, amount, date, method, note, status } = payment
  const state = STATUSES[status]
  const facts = [formatDay(date), t(METHODS[method]), note, state && t(state)].filter(Boolean)
  return (
    <li className="flex items-center gap-3 px-2.5 py-2.5">
      <span
        aria-hidden="true"
        className="grid size-10 shrink-0 place-items-center rounded-xl bg-tile text-muted"
      >
        <HandCoins size={19} />
      </span>
      <span className="min-w-0 grow">
        <span className="block truncate font-semibold">
          <Paid from={from.id} to={to.id} people={people} />
        </span>
        <span className="block truncate text-sm text-muted">{facts.join(' · ')}</span>
      </span>
      <Amount money={amount} className="font-semibold" />
    </li>
  )
}

/** Who paid whom. */
function Paid({ from, to, people }: { from: string; to: string; people: People }) {
  const payer = people.name(from)
  const receiver = people.name(to)
  if (people.isViewer(from)) {
    return (
      <Trans>
        You paid <bdi>{receiver}</bdi>
      </Trans>
    )
  }
  if (people.isViewer(to)) {
    return (
      <Trans>
        <bdi>{payer}</bdi> paid you
      </Trans>
    )
  }
  return (
    <Trans>
      <bdi>{payer}</bdi> paid <bdi>{receiver}</bdi>
    </Trans>
  )
}
