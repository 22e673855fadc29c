import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Plus, ReceiptText } from 'lucide-react'
import { lazy, Suspense, useRef, useState, type ComponentType } from 'react'
import { Link } from 'react-router'
import { loadTexts } from '../../lib/i18n'
import { readRefusal } from '../../api/refusal'
import { dialogLink } from '../../ui/useDialog'
import { dayOfMonth, formatDay, formatMonth, formatWeekday } from '../../lib/dates'
import { partsBy } from '../../lib/parts'
import type { ExpensePartsFragment } from './documents.generated'
import { type GroupContext, type People, useGroup } from '../groups'
import { LinkButton } from '../../ui/Button'
import { LoadMore } from '../../ui/LoadMore'
import { LongList } from '../../ui/longList/LongList'
import { SearchField } from '../../ui/SearchField'
import { useDebounced } from '../../ui/useDebounced'
import { Empty, Failure, SkeletonRows, Unavailable } from '../../ui/states'
import { Advice } from './Advice'
import { CategoryIcon } from './categories'
import { Effect, Paid } from './ExpenseFacts'
import type { FilterBarProps } from './filter/FilterBar'
import { filterInput } from './filter/filter'
import { useFilter } from './filter/useFilter'
import { NothingFound } from './NothingFound'
import { useExpenses } from './useExpenses'
import { WaitingList } from './WaitingList'

const FilterBar = lazy<ComponentType<FilterBarProps>>(async () => {
  try {
    const [bar] = await Promise.all([import('./filter/FilterBar'), loadTexts('rest')])
    return { default: bar.FilterBar }
  } catch {
    // Offline: the list is of use without it.
    return { default: () => null }
  }
})

const TYPING_MS = 250
// Fewer are found at a glance.
const SEARCHED_FROM = 10

/** The expenses of a group: what waits on this device, then what is saved, newest first. */
export function ExpenseList() {
  const context = useGroup()
  return (
    <>
      <WaitingList groupId={context.group.id} />
      <SavedExpenses {...context} />
    </>
  )
}

/** What is saved, with a search where there are many. */
function SavedExpenses(context: GroupContext) {
  const [text, setText] = useState('')
  const searched = useDebounced(text.trim(), TYPING_MS)
  const { filter, filtered, change } = useFilter()
  const list = useExpenses(context, filterInput(filter, searched))
  const { expenses, error, loading, retry, more, end, total } = list
  const narrowed = filtered || text !== ''

  if (!expenses && !narrowed) return <Missing {...list} />
  if (expenses?.length === 0 && !narrowed && !searched) return <NoExpenses />
  return (
    <div>
      {(narrowed || total >= SEARCHED_FROM) && (
        <div className="grid gap-2 px-4 pt-2 lg:px-0">
          <SearchField label={t`Search expenses`} value={text} onChange={setText} />
          <Suspense>
            <FilterBar
              {...{ filter, change }}
              currency={context.group.currency}
              people={context.people}
            />
          </Suspense>
        </div>
      )}
      {error && (
        <Unavailable what={t`Newer expenses are not available right now.`} onRetry={retry} />
      )}
      {!expenses && !error && <SkeletonRows rows={3} label={t`Searching`} />}
      {/* A page may be empty although another one follows. */}
      {expenses?.length === 0 && !more && <NothingFound searched={searched} filtered={filtered} />}
      {expenses && <Months expenses={expenses} people={context.people} />}
      {more && (
        <LoadMore busy={loading} after={end} onLoad={more}>
          <Trans>Show earlier expenses</Trans>
        </LoadMore>
      )}
    </div>
  )
}

function Missing({ error, loading, retry }: ReturnType<typeof useExpenses>) {
  if (loading || !error) return <SkeletonRows rows={6} label={t`Loading expenses`} />
  const refusal = readRefusal(error)
  if (refusal.code !== 'UNREACHABLE')
    return <Unavailable what={t`Expenses are not available right now.`} onRetry={retry} />
  return <Failure onRetry={retry}>{refusal.message}</Failure>
}

interface MonthsProps {
  expenses: readonly ExpensePartsFragment[]
  people: People
}

/** Expenses month by month; the first one of a day shows the day for all of them. */
function Months({ expenses, people }: MonthsProps) {
  const firstOfDay = new Set(partsBy(expenses, ({ date }) => date).map(({ items }) => items[0]))
  return (
    <LongList
      parts={partsBy(expenses, ({ date }) => date.slice(0, 7))}
      title={formatMonth}
      heading="h2"
      landmarks
      look={{
        heading:
          'sticky top-[calc(var(--banner-height)+3.5rem)] z-10 bg-canvas/92 px-4 pt-4 pb-1.5 font-sans text-xs font-semibold tracking-wide text-muted uppercase backdrop-blur lg:px-2',
        list: 'px-1.5 lg:px-0',
      }}
    >
      {(expense) => (
        <ExpenseRow expense={expense} people={people} first={firstOfDay.has(expense)} />
      )}
    </LongList>
  )
}

function NoExpenses() {
  return (
    <Empty
      icon={<ReceiptText size={26} aria-hidden="true" />}
      title={t`Nothing spent yet`}
      action={
        <LinkButton {...dialogLink('expense')} icon={<Plus size={18} aria-hidden="true" />}>
          <Trans>Add the first expense</Trans>
        </LinkButton>
      }
    >
      <Trans>
        Write above what somebody paid, as you would say it, or fill in the form. Everybody sees at
        once what it means for them.
      </Trans>
    </Empty>
  )
}

interface ExpenseRowProps {
  expense: ExpensePartsFragment
  people: People
  first: boolean
}

function ExpenseRow({ expense, people, first }: ExpenseRowProps) {
  const link = useRef<HTMLAnchorElement>(null)
  return (
    <>
      <Link
        ref={link}
        {...dialogLink('show', { expense: expense.id })}
        className="flex items-center gap-3 rounded-xl px-2.5 py-2.5 transition-colors hover:bg-hover"
      >
        <Day date={expense.date} shown={first} />
        <CategoryIcon category={expense.category} />
        <span className="min-w-0 grow">
          <span className="block truncate font-semibold">{expense.description}</span>
          <span className="block truncate text-sm text-muted">
            <Paid expense={expense} people={people} />
          </span>
        </span>
        <Effect expense={expense} people={people} />
      </Link>
      <Advice expense={expense} people={people} brief onDone={() => link.current?.focus()} />
    </>
  )
}

function Day({ date, shown }: { date: string; shown: boolean }) {
  return (
    <span className="grid w-7 shrink-0 justify-items-center leading-none">
      <span className="sr-only">{formatDay(date)}</span>
      {shown && (
        <span aria-hidden="true" className="grid justify-items-center gap-1">
          <span className="text-[0.6875rem] text-muted">{formatWeekday(date)}</span>
          <span className="tabular text-base font-semibold">{dayOfMonth(date)}</span>
        </span>
      )}
    </span>
  )
}
