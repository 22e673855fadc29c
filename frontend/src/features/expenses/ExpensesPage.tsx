import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ReceiptText } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { unmask, type Fields } from '../../api/fragments'
import { readRefusal } from '../../api/refusal'
import { LoadMore } from '../../ui/LoadMore'
import { DayCards } from '../../ui/longList/DayCards'
import { Page } from '../../ui/Page'
import { SearchField } from '../../ui/SearchField'
import { Empty, Failure, SkeletonRows } from '../../ui/states'
import { useDebounced } from '../../ui/useDebounced'
import { dialogLink } from '../../ui/useDialog'
import { type GroupNameFragment, type GroupPeopleFragment, groupTitle, People } from '../groups'
import { CategoryIcon } from './categories'
import { AllCategories } from './customCategories/AllCategories'
import {
  type ExpensePartsFragment,
  OwnExpenses,
  type OwnExpensesQuery,
} from './documents.generated'
import { Effect, Paid } from './ExpenseFacts'
import { FilterBar } from './filter/FilterBar'
import { filterInput } from './filter/filter'
import { useFilter } from './filter/useFilter'
import { NothingFound } from './NothingFound'

const PAGE = 50
const TYPING_MS = 250

type Listed = NonNullable<OwnExpensesQuery['me']['expenses']>['edges'][number]['node']

/** An expense with what is needed of its group. */
type Row = Fields<ExpensePartsFragment> & Pick<Listed, 'group'>

/** The expenses of all groups of the viewer, newest first, and a search over all of them. */
export function ExpensesPage() {
  const [text, setText] = useState('')
  const searched = useDebounced(text.trim(), TYPING_MS)
  const { filter, filtered, change } = useFilter()
  const { data, error, loading, refetch, fetchMore } = useQuery(OwnExpenses, {
    variables: { first: PAGE, filter: filterInput(filter, searched) },
    notifyOnNetworkStatusChange: true,
  })
  const connection = data?.me.expenses
  const rows = connection?.edges.map(({ node }): Row => ({
    ...unmask<ExpensePartsFragment>(node),
    group: node.group,
  }))
  const { hasNextPage, endCursor } = connection?.pageInfo ?? {}
  return (
    <Page title={t`Expenses`} back={{ to: '/settings', label: t`Back to You` }}>
      <SearchField label={t`Search expenses`} value={text} onChange={setText} />
      <AllCategories>
        <FilterBar {...{ filter, change }} currency={data?.me.defaultCurrency ?? 'EUR'} />
        {!rows && !error && <SkeletonRows rows={6} label={t`Loading expenses`} />}
        {!rows && error && (
          <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
        )}
        {/* A page may be empty although another one follows. */}
        {rows?.length === 0 &&
          !hasNextPage &&
          (searched || filtered ? (
            <NothingFound searched={searched} filtered={filtered} />
          ) : (
            <NoExpenses />
          ))}
        {rows && (
          <DayCards rows={rows} dayOf={({ date }) => date}>
            {(expense) => <ExpenseRow expense={expense} />}
          </DayCards>
        )}
      </AllCategories>
      {hasNextPage && (
        <LoadMore
          busy={loading}
          after={endCursor}
          onLoad={() => void fetchMore({ variables: { after: endCursor } })}
        >
          <Trans>Show earlier expenses</Trans>
        </LoadMore>
      )}
    </Page>
  )
}

function NoExpenses() {
  return (
    <Empty icon={<ReceiptText size={26} aria-hidden="true" />} title={t`Nothing spent yet`}>
      <Trans>What is spent in any of your groups is listed here.</Trans>
    </Empty>
  )
}

function ExpenseRow({ expense }: { expense: Row }) {
  const { group } = expense
  const people = new People(unmask<GroupPeopleFragment>(group))
  return (
    <Link
      {...dialogLink('show', { expense: expense.id }, `/groups/${group.id}`)}
      className="flex items-center gap-3 rounded-xl px-2.5 py-2.5 transition-colors hover:bg-hover"
    >
      <CategoryIcon category={expense.category} />
      <span className="min-w-0 grow">
        <span className="line-clamp-2 wrap-anywhere font-semibold">{expense.description}</span>
        <span className="line-clamp-2 wrap-anywhere text-sm text-muted">
          <Paid expense={expense} people={people} /> ·{' '}
          {groupTitle(unmask<GroupNameFragment>(group))}
        </span>
      </span>
      <Effect expense={expense} people={people} />
    </Link>
  )
}
