import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { unmask, type Masked } from '../../api/fragments'
import { useAction } from '../../api/useAction'
import { useRefetchOn } from '../../api/useRefetchOn'
import { formatMonth } from '../../lib/dates'
import { percentOf, toMinor } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { Button, IconButton } from '../../ui/Button'
import { FormError } from '../../ui/Field'
import { classes } from '../../ui/classes'
import { useCategoryLabel } from '../expenses'
import { BudgetForm } from './BudgetForm'
import {
  GroupBudgets as GroupBudgetsQuery,
  OwnBudgets as OwnBudgetsQuery,
  RemoveBudget,
  type BudgetRowFragment,
} from './documents.generated'

interface GroupBudgetsProps {
  groupId: string
  currency: string
  /** A new version of the ledger may have changed what is spent. */
  version: number | null | undefined
}

/** How much of its monthly budgets a group has spent. */
export function GroupBudgets({ groupId, currency, version }: GroupBudgetsProps) {
  const { data, loading, refetch } = useQuery(GroupBudgetsQuery, { variables: { id: groupId } })
  useRefetchOn(version, refetch)
  const budgets = data?.group?.budgets
  if (!budgets) return loading ? <Placeholder /> : null
  return <BudgetCard {...{ budgets, groupId, currency }} onChanged={() => void refetch()} />
}

/** How much of the viewer's own monthly budgets is spent, over all groups. */
export function OwnBudgets({ currency }: { currency: string }) {
  const { data, loading, refetch } = useQuery(OwnBudgetsQuery)
  const budgets = data?.me.budgets
  if (!budgets) return loading ? <Placeholder /> : null
  return <BudgetCard {...{ budgets, currency }} onChanged={() => void refetch()} />
}

/** Keeps what stands below in its place until the budgets are there: who taps it would miss it. */
function Placeholder() {
  return <div aria-hidden="true" className="card h-32 lg:h-28" />
}

interface BudgetCardProps {
  budgets: readonly Masked<BudgetRowFragment>[]
  groupId?: string
  currency: string
  onChanged: () => void
}

function BudgetCard({ groupId, currency, onChanged, ...props }: BudgetCardProps) {
  const budgets = unmask<BudgetRowFragment>(props.budgets)
  const [adding, setAdding] = useState(false)
  const month = budgets[0]?.month
  return (
    <section
      aria-labelledby="budgets"
      data-only-screen={budgets.length === 0 || undefined}
      className="card grid gap-4 p-4"
    >
      <div className="flex items-center gap-3">
        <h2 id="budgets" className="grow text-lg">
          <Trans>Budgets</Trans>
          {month && <span className="ml-2 text-sm text-muted">{formatMonth(month)}</span>}
        </h2>
        {!adding && (
          <Button
            data-only-screen
            look="secondary"
            size="small"
            icon={<Plus size={16} aria-hidden="true" />}
            onClick={() => {
              setAdding(true)
            }}
          >
            <Trans>Set a budget</Trans>
          </Button>
        )}
      </div>
      {adding && (
        <BudgetForm
          {...{ groupId, currency }}
          onDone={() => {
            setAdding(false)
            onChanged()
          }}
          onCancel={() => {
            setAdding(false)
          }}
        />
      )}
      {budgets.length > 0 ? (
        <ul className="grid gap-4">
          {budgets.map((budget) => (
            <BudgetRow key={budget.id} budget={budget} onChanged={onChanged} />
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">
          <Trans>With a budget per month, you hear when 80% and when all of it is spent.</Trans>
        </p>
      )}
    </section>
  )
}

const TONES = { WITHIN: 'bg-brand', NEAR: 'bg-minus-bar', REACHED: 'bg-danger' } as const

function BudgetRow({ budget, onChanged }: { budget: BudgetRowFragment; onChanged: () => void }) {
  const { id, category, limit, spent, level } = budget
  const categoryLabel = useCategoryLabel()
  const { run, busy, refusal } = useAction(RemoveBudget)
  const name = category ? categoryLabel(category) : t`All spending`
  const words = { WITHIN: undefined, NEAR: t`nearly spent`, REACHED: t`spent` }[level]
  return (
    <li className="grid gap-1.5">
      <div className="flex items-center gap-2 text-sm">
        <span className="min-w-0 grow">
          <span className="font-semibold wrap-anywhere">{name}</span>
          {words && (
            <span className={classes('ml-2', level === 'REACHED' ? 'text-danger' : 'text-muted')}>
              {words}
            </span>
          )}
        </span>
        <span className="shrink-0">
          <Amount money={spent} className="font-semibold" />
          <span className="text-muted">
            {' / '}
            <Amount money={limit} />
          </span>
        </span>
        <IconButton
          label={t`Remove the budget: ${name}`}
          disabled={busy}
          onClick={() => {
            void run({ id }).then(onChanged)
          }}
        >
          <Trash2 size={16} aria-hidden="true" />
        </IconButton>
      </div>
      <span aria-hidden="true" className="block h-2 overflow-hidden rounded-full bg-tile">
        <span
          className={classes('block h-full max-w-full rounded-full', TONES[level])}
          style={{ width: percentOf(toMinor(spent), toMinor(limit)) }}
        />
      </span>
      <FormError>{refusal?.message}</FormError>
    </li>
  )
}
