import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@apollo/client/react'
import { Copy, Pencil, Repeat, RotateCcw, Trash2, X } from 'lucide-react'
import { type ComponentType, type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { Link } from 'react-router'
import { readRefusal } from '../../api/refusal'
import { dialogLink, useDialog } from '../../ui/useDialog'
import { useRefetchOn } from '../../api/useRefetchOn'
import { formatLong } from '../../lib/dates'
import { type GroupContext, type People, whyNotEditable } from '../groups'
import type { Money } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { Avatar } from '../../ui/Avatar'
import { Button, IconButton, LinkButton } from '../../ui/Button'
import { Dialog, DialogFooter } from '../../ui/Dialog'
import { FormError } from '../../ui/Field'
import { Failure, SkeletonRows } from '../../ui/states'
import { Advice } from './Advice'
import { Attachments } from './attachments/Attachments'
import { useCategoryLabel } from './categories'
import { Comments } from './comments/Comments'
import { ExpenseDetail } from './documents.generated'
import { detailOf, type Detail } from './edit'
import { extrasOf } from './entered'
import { History } from './History'
import { ItemList } from './ItemList'
import { Rates } from './Rates'
import { splitSentence } from './split'
import { useDelete, useRestore } from './useDeletion'

/** One expense: who paid, what everybody's share is to the cent, and how it came to be so. */
export function ExpenseDialog(context: GroupContext) {
  const shown = useShownExpense(context)
  return (
    <Dialog title={shown.expense?.description ?? t`Expense`} onClose={shown.close}>
      <Content {...context} {...shown} Footer={DialogFooter} />
    </Dialog>
  )
}

/** The same at the side of the list, which can still be used. */
export function ExpensePanel(context: GroupContext) {
  const shown = useShownExpense(context)
  const title = shown.expense?.description ?? t`Expense`
  const panel = usePanel(shown.close)
  return (
    <div
      ref={panel}
      role="dialog"
      data-panel
      aria-label={title}
      tabIndex={-1}
      className="card animate-rise outline-none"
    >
      <header className="flex items-center justify-between gap-2 border-b border-line py-1.5 pr-1.5 pl-4">
        <h2 className="min-w-0 truncate text-lg">{title}</h2>
        <IconButton label={t`Close`} onClick={shown.close}>
          <X size={20} aria-hidden="true" />
        </IconButton>
      </header>
      <div className="p-4">
        <Content {...context} {...shown} Footer={PanelFooter} />
      </div>
    </div>
  )
}

/** A panel is as long as what it shows, and the page scrolls. */
function PanelFooter({ children }: { children: ReactNode }) {
  return <footer className="grid gap-3">{children}</footer>
}

/** Puts the focus into a panel that opens, takes it back after, and closes it with Escape. */
function usePanel(close: () => void) {
  const panel = useRef<HTMLDivElement>(null)
  const onEscape = useEffectEvent(close)
  useEffect(() => {
    const opener = document.activeElement
    const node = panel.current
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') onEscape()
    }
    node?.addEventListener('keydown', onKey)
    node?.focus({ preventScroll: true })
    return () => {
      node?.removeEventListener('keydown', onKey)
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true })
    }
  }, [])
  return panel
}

/** The expense that the address names. */
function useShownExpense({ nudges }: GroupContext) {
  const { params, close } = useDialog()
  const id = params.get('expense') ?? ''
  const { data, error, refetch } = useQuery(ExpenseDetail, { variables: { id } })
  useRefetchOn(nudges, refetch)
  return { expense: detailOf(data?.expense), data, error, refetch, close }
}

type ContentProps = ReturnType<typeof useShownExpense> &
  Pick<GroupContext, 'group' | 'people' | 'nudges'> &
  Pick<ActionsProps, 'Footer'>

function Content(props: ContentProps) {
  const { expense, data, error, refetch, close, group, people, nudges, Footer } = props
  return (
    <>
      {expense && (
        <div className="grid gap-5">
          <Advice expense={expense} people={people} />
          <Details expense={expense} people={people} />
          <Attachments
            expenseId={expense.id}
            closed={expense.deletedAt !== null || group.archivedAt !== null}
            editable={expense.editable}
            people={people}
            nudges={nudges}
          />
          <Comments
            expenseId={expense.id}
            closed={group.archivedAt !== null}
            people={people}
            nudges={nudges}
          />
          <History history={expense.history} people={people} />
          {expense.deletedAt ? (
            <Deleted expense={expense} onDone={close} />
          ) : (
            <Actions
              group={group}
              expense={expense}
              Footer={Footer}
              onDone={close}
              onStale={() => void refetch()}
            />
          )}
        </div>
      )}
      {!expense && !error && !data && <SkeletonRows rows={3} label={t`Loading the expense`} />}
      {!expense && (error ?? data) && (
        <Failure title={t`This expense cannot be shown`} onRetry={() => void refetch()}>
          {error ? readRefusal(error).message : t`It does not exist, or is not yours to see.`}
        </Failure>
      )}
    </>
  )
}

function Details({ expense, people }: { expense: Detail; people: People }) {
  const categoryLabel = useCategoryLabel()
  return (
    <>
      <header>
        <p className="font-display text-3xl font-semibold">
          <Amount money={expense.total} />
        </p>
        <Rates expense={expense} />
        <p className="text-muted">
          {formatLong(expense.date)} · {categoryLabel(expense.category)} ·{' '}
          {splitSentence(expense.splitMode)}
        </p>
      </header>
      {expense.schedule && (
        <p className="text-sm text-muted">
          <Trans>
            It recurs. An edit here is for this one alone; the following ones are changed{' '}
            <Link to="settings" className="font-semibold text-brand underline">
              in the settings
            </Link>
            .
          </Trans>
        </p>
      )}
      <Parts title={t`Paid by`} parts={expense.payers} people={people} />
      <Parts title={t`Shared by`} parts={expense.shares} people={people} />
      {expense.items.length > 0 && (
        <ItemList
          items={expense.items}
          extras={extrasOf(expense.total, expense.splitInput)}
          people={people}
        />
      )}
      {expense.notes && <p className="rounded-xl bg-tile px-4 py-3 text-sm">{expense.notes}</p>}
    </>
  )
}

interface ActionsProps extends Pick<GroupContext, 'group'> {
  expense: Detail
  Footer: ComponentType<{ children: ReactNode }>
  onDone: () => void
  onStale: () => void
}

function Actions({ group, expense, Footer, onDone, onStale }: ActionsProps) {
  const { remove, busy, refusal } = useDelete(onDone, onStale)
  return (
    <>
      {!group.archivedAt && (
        <div className="grid grid-cols-2 gap-3">
          <LinkButton
            {...dialogLink('copy', { expense: expense.id })}
            look="quiet"
            icon={<Copy size={18} aria-hidden="true" />}
          >
            <Trans>Copy</Trans>
          </LinkButton>
          <LinkButton
            {...dialogLink('repeat', { expense: expense.id })}
            look="quiet"
            icon={<Repeat size={18} aria-hidden="true" />}
          >
            <Trans>Repeat</Trans>
          </LinkButton>
        </div>
      )}
      {expense.editable ? (
        <Footer>
          <FormError>{refusal?.message}</FormError>
          <div className="grid grid-cols-2 gap-3">
            <Button
              look="secondary"
              busy={busy}
              icon={<Trash2 size={18} aria-hidden="true" />}
              onClick={() => void remove(expense)}
            >
              <Trans>Delete</Trans>
            </Button>
            <LinkButton
              {...dialogLink('edit', { expense: expense.id })}
              icon={<Pencil size={18} aria-hidden="true" />}
            >
              <Trans>Edit</Trans>
            </LinkButton>
          </div>
        </Footer>
      ) : (
        <p className="text-center text-sm text-muted">{whyNotEditable(group)}</p>
      )}
    </>
  )
}

function Deleted({ expense, onDone }: { expense: Detail; onDone: () => void }) {
  const restore = useRestore()
  return (
    <div className="flex items-center justify-between gap-3 rounded-xl bg-tile py-2 pr-2 pl-4">
      <p className="text-sm">
        <Trans>This expense is deleted and counts for nobody.</Trans>
      </p>
      {expense.editable && (
        <Button
          look="quiet"
          size="small"
          icon={<RotateCcw size={16} aria-hidden="true" />}
          onClick={() => void restore(expense).then(onDone)}
        >
          <Trans>Restore</Trans>
        </Button>
      )}
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
