import { useQuery } from '@apollo/client/react'
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
    <section aria-label="Payments" className="card p-1.5">
      <h2 className="px-2.5 pt-2.5 pb-1 text-lg">Payments</h2>
      {!connection && (loading || !error) && <SkeletonRows rows={2} label="Loading payments" />}
      {!connection && !loading && error && <Missing error={error} retry={retry} />}
      {connection && error && <Unavailable what="Newer payments are" onRetry={retry} />}
      {connection?.edges.length === 0 && (
        <Empty icon={<HandCoins size={26} aria-hidden="true" />} title="No payments yet">
          When somebody pays somebody back, record it here.
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
          Show earlier payments
        </Button>
      )}
    </section>
  )
}

function Missing({ error, retry }: { error: unknown; retry: () => void }) {
  const refusal = readRefusal(error)
  if (refusal.code !== 'UNREACHABLE') return <Unavailable what="Payments are" onRetry={retry} />
  return <Failure onRetry={retry}>{refusal.message}</Failure>
}

const STATUSES: Record<PaymentStatus, string> = {
  PROCESSED: '',
  PENDING: 'pending, not counted yet',
  DISPUTED: 'disputed',
  FAILED: 'failed',
  REFUNDED: 'refunded',
  VOIDED: 'withdrawn',
}

function PaymentItem({ payment, people }: { payment: PaymentRow; people: People }) {
  const { from, to, amount, date, method, note, status } = payment
  const facts = [formatDay(date), METHODS[method], note, STATUSES[status]].filter(Boolean)
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
          {people.label(from.id)} paid {people.inline(to.id)}
        </span>
        <span className="block truncate text-sm text-muted">{facts.join(' · ')}</span>
      </span>
      <Amount money={amount} className="font-semibold" />
    </li>
  )
}
