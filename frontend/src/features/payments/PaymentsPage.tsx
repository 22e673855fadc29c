import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { HandCoins } from 'lucide-react'
import { useState } from 'react'
import { unmask } from '../../api/fragments'
import { readRefusal } from '../../api/refusal'
import { LoadMore } from '../../ui/LoadMore'
import { DayCards } from '../../ui/longList/DayCards'
import { Page } from '../../ui/Page'
import { SearchField } from '../../ui/SearchField'
import { Empty, Failure, SkeletonRows } from '../../ui/states'
import { type GroupNameFragment, type GroupPeopleFragment, groupTitle, People } from '../groups'
import {
  OwnPayments,
  type PaymentPartsFragment,
  type OwnPaymentsQuery,
} from './documents.generated'
import { PaymentItem } from './PaymentItem'

const PAGE = 50
// Fewer are found at a glance.
const SEARCHED_FROM = 8

type Listed = NonNullable<OwnPaymentsQuery['me']['payments']>['edges'][number]['node']

/** The payments from and to the viewer over all groups, the latest first. */
export function PaymentsPage() {
  const { data, error, loading, refetch, fetchMore } = useQuery(OwnPayments, {
    variables: { first: PAGE },
    notifyOnNetworkStatusChange: true,
  })
  const [text, setText] = useState('')
  const connection = data?.me.payments
  const rows = connection?.edges.map(({ node }) => rowOf(node))
  const found = rows?.filter(({ words }) => words.includes(text.trim().toLocaleLowerCase()))
  const { hasNextPage, endCursor } = connection?.pageInfo ?? {}
  return (
    <Page title={t`Payments`} back={{ to: '/settings', label: t`Back to You` }}>
      {rows && rows.length >= SEARCHED_FROM && (
        <SearchField label={t`Search payments`} value={text} onChange={setText} />
      )}
      {!rows && !error && <SkeletonRows rows={5} label={t`Loading payments`} />}
      {!rows && error && (
        <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
      )}
      {rows?.length === 0 && (
        <Empty icon={<HandCoins size={26} aria-hidden="true" />} title={t`No payments yet`}>
          <Trans>When somebody pays somebody back, record it in the group.</Trans>
        </Empty>
      )}
      {rows && rows.length > 0 && found?.length === 0 && !hasNextPage && (
        <p role="status" className="card p-4 text-sm text-muted">
          <Trans>No payment is like that.</Trans>
        </p>
      )}
      {found && (
        <DayCards rows={found} dayOf={({ payment }) => payment.date}>
          {({ payment, people, group }) => (
            <PaymentItem payment={payment} people={people} group={group} />
          )}
        </DayCards>
      )}
      {hasNextPage && (
        <LoadMore
          busy={loading}
          after={endCursor}
          onLoad={() => void fetchMore({ variables: { after: endCursor } })}
        >
          <Trans>Show earlier payments</Trans>
        </LoadMore>
      )}
    </Page>
  )
}

/** A payment with the names of its group, and the words by which it is found. */
function rowOf(listed: Listed) {
  const { group } = listed
  const payment = unmask<PaymentPartsFragment>(listed)
  const people = new People(unmask<GroupPeopleFragment>(group))
  const title = groupTitle(unmask<GroupNameFragment>(group))
  const words = [title, people.name(payment.from.id), people.name(payment.to.id), payment.note]
  return {
    id: payment.id,
    payment,
    people,
    group: { id: group.id, title },
    words: words.join(' ').toLocaleLowerCase(),
  }
}
