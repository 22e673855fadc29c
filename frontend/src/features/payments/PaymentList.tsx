import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { HandCoins } from 'lucide-react'
import { Link } from 'react-router'
import { readRefusal } from '../../api/refusal'
import { useRefetchOn } from '../../api/useRefetchOn'
import { formatDay } from '../../lib/dates'
import { GroupPayments, type PaymentPartsFragment } from './documents.generated'
import type { GroupContext, People } from '../groups'
import { Amount } from '../../ui/Amount'
import { Button } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { Empty, Failure, SkeletonRows, Unavailable } from '../../ui/states'
import { dialogLink } from '../../ui/useDialog'
import { METHODS } from './methods'
import { Paid } from './Paid'
import { counts, Status } from './Status'

const PAGE = 50

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

function PaymentItem({ payment, people }: { payment: PaymentPartsFragment; people: People }) {
  const { from, to, amount, date, method, note, status } = payment
  const facts = [formatDay(date), t(METHODS[method]), note].filter(Boolean)
  return (
    <li>
      <Link
        {...dialogLink('paid', { payment: payment.id })}
        className="flex items-center gap-3 rounded-xl px-2.5 py-2.5 transition-colors hover:bg-hover"
      >
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
        <span className="grid shrink-0 justify-items-end gap-0.5">
          <Amount
            money={amount}
            className={classes('font-semibold', !counts(status) && 'text-muted line-through')}
          />
          <Status payment={payment} />
        </span>
      </Link>
    </li>
  )
}
