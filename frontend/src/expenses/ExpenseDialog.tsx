import { useQuery } from '@apollo/client/react'
import { readRefusal } from '../app/refusal'
import { useDialog } from '../app/useDialog'
import { dayOf, formatDay, formatLong } from '../dates'
import type { ExpenseDetailQuery } from '../gql/graphql'
import type { People } from '../groups/people'
import type { GroupContext } from '../groups/useGroup'
import type { Money } from '../money'
import { Amount } from '../ui/Amount'
import { Avatar } from '../ui/Avatar'
import { Dialog } from '../ui/Dialog'
import { Failure, SkeletonRows } from '../ui/states'
import { categoryLabel } from './categories'
import { ExpenseDetail } from './documents'

type Detail = NonNullable<ExpenseDetailQuery['expense']>

/** One expense: who paid, and what everybody's share is to the cent. */
export function ExpenseDialog({ people }: GroupContext) {
  const { params, close } = useDialog()
  const id = params.get('expense') ?? ''
  const { data, error, refetch } = useQuery(ExpenseDetail, { variables: { id } })
  const expense = data?.expense
  return (
    <Dialog title={expense?.description ?? 'Expense'} onClose={close}>
      {expense && <Details expense={expense} people={people} />}
      {!expense && !error && !data && <SkeletonRows rows={3} label="Loading the expense" />}
      {!expense && (error ?? data) && (
        <Failure title="This expense cannot be shown" onRetry={() => void refetch()}>
          {error ? readRefusal(error).message : 'It does not exist, or is not yours to see.'}
        </Failure>
      )}
    </Dialog>
  )
}

function Details({ expense, people }: { expense: Detail; people: People }) {
  return (
    <div className="grid gap-5">
      <header>
        <p className="font-display text-3xl font-semibold">
          <Amount money={expense.total} />
        </p>
        <p className="text-muted">
          {formatLong(expense.date)} · {categoryLabel(expense.category)}
        </p>
      </header>
      <Parts title="Paid by" parts={expense.payers} people={people} />
      <Parts title="Shared by" parts={expense.shares} people={people} />
      {expense.notes && <p className="rounded-xl bg-tile px-4 py-3 text-sm">{expense.notes}</p>}
      <p className="text-sm text-faint">
        Added by {people.inline(expense.createdBy.id)} on {formatDay(dayOf(expense.createdAt))}
      </p>
    </div>
  )
}

interface PartsProps {
  title: string
  parts: readonly { member: { id: string }; amount: Money }[]
  people: People
}

function Parts({ title, parts, people }: PartsProps) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-sans text-sm font-semibold text-muted">{title}</h3>
      <ul className="grid gap-1">
        {parts.map(({ member, amount }) => (
          <li key={member.id} className="flex items-center gap-3 py-1">
            <Avatar name={people.name(member.id)} guest={people.isGuest(member.id)} size="small" />
            <span className="grow truncate">{people.label(member.id)}</span>
            <Amount money={amount} className="font-semibold" />
          </li>
        ))}
      </ul>
    </section>
  )
}
