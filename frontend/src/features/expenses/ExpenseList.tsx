import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { Plus, ReceiptText } from 'lucide-react'
import { useRef } from 'react'
import { Link } from 'react-router'
import { readRefusal } from '../../api/refusal'
import { dialogLink } from '../../ui/useDialog'
import { formatDay, formatMonth } from '../../lib/dates'
import type { ExpensePartsFragment } from './documents.generated'
import { type People, useGroup } from '../groups'
import { signOf } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { Button, LinkButton } from '../../ui/Button'
import { Empty, Failure, SkeletonRows, Unavailable } from '../../ui/states'
import { Advice } from './Advice'
import { CategoryIcon } from './categories'
import { effectOn } from './effect'
import { byMonth, useExpenses } from './useExpenses'

/** The expenses of a group, newest first. */
export function ExpenseList() {
  const context = useGroup()
  const { people } = context
  const { expenses, error, loading, retry, more } = useExpenses(context)

  if (!expenses) {
    if (loading || !error) return <SkeletonRows rows={6} label={t`Loading expenses`} />
    if (readRefusal(error).code !== 'UNREACHABLE') {
      return <Unavailable what={t`Expenses are not available right now.`} onRetry={retry} />
    }
    return <Failure onRetry={retry}>{readRefusal(error).message}</Failure>
  }
  if (expenses.length === 0) return <NoExpenses />
  return (
    <div>
      {error && (
        <Unavailable what={t`Newer expenses are not available right now.`} onRetry={retry} />
      )}
      {byMonth(expenses).map(({ month, expenses: ofMonth }) => (
        <section key={month} aria-label={formatMonth(month)}>
          <h2 className="sticky top-0 z-10 bg-canvas/92 px-4 pt-4 pb-1.5 font-sans text-xs font-semibold tracking-wide text-muted uppercase backdrop-blur lg:px-2">
            {formatMonth(month)}
          </h2>
          <ul className="px-1.5 lg:px-0">
            {ofMonth.map((expense) => (
              <ExpenseRow key={expense.id} expense={expense} people={people} />
            ))}
          </ul>
        </section>
      ))}
      {more && (
        <Button look="quiet" className="mt-2 w-full" busy={loading} onClick={more}>
          <Trans>Show earlier expenses</Trans>
        </Button>
      )}
    </div>
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
}

function ExpenseRow({ expense, people }: ExpenseRowProps) {
  const link = useRef<HTMLAnchorElement>(null)
  return (
    <li>
      <Link
        ref={link}
        {...dialogLink('show', { expense: expense.id })}
        className="flex items-center gap-3 rounded-xl px-2.5 py-2.5 transition-colors hover:bg-hover"
      >
        <CategoryIcon category={expense.category} />
        <span className="min-w-0 grow">
          <span className="block truncate font-semibold">{expense.description}</span>
          <span className="block truncate text-sm text-muted">
            {formatDay(expense.date)} · <Paid expense={expense} people={people} />
          </span>
        </span>
        <Effect expense={expense} people={people} />
      </Link>
      <Advice expense={expense} people={people} brief onDone={() => link.current?.focus()} />
    </li>
  )
}

/** Who paid how much. */
function Paid({ expense, people }: ExpenseRowProps) {
  const { payers, total } = expense
  const [first, ...others] = payers
  const count = payers.length
  const amount = <Amount money={total} />
  if (!first) return amount
  if (others.length > 0) {
    return (
      <Trans>
        <Plural value={count} one="# person" other="# people" /> paid {amount}
      </Trans>
    )
  }
  if (people.isViewer(first.member.id)) return <Trans>You paid {amount}</Trans>
  const name = people.name(first.member.id)
  return (
    <Trans>
      <bdi>{name}</bdi> paid {amount}
    </Trans>
  )
}

/** What the expense means for the viewer, in words and in colour. */
function Effect({ expense, people }: ExpenseRowProps) {
  const effect = effectOn(expense, people.viewerId)
  if (!effect)
    return (
      <span className="text-right text-xs text-faint">
        <Trans>not yours</Trans>
      </span>
    )
  const words = { '-1': t`you borrowed`, '0': t`even`, '1': t`you lent` }[signOf(effect)]
  return (
    <span className="grid shrink-0 justify-items-end leading-tight">
      <span className="text-xs text-muted">{words}</span>
      {signOf(effect) !== 0 && <Amount money={effect} directed className="font-semibold" />}
    </span>
  )
}
