import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { Person } from '../groups'
import { formatMoney } from '../../lib/money'
import { Avatar } from '../../ui/Avatar'
import { Button, IconButton } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { TextField } from '../../ui/Field'
import { MoneyInput } from '../../ui/MoneyField'
import type { ModeProps } from './fields'
import { emptyItem, type ItemForm } from './split'

const EXTRAS = [
  ['tax', msg`Tax`],
  ['tip', msg`Tip`],
  ['discount', msg`Discount`],
] as const

/** The receipt: its lines with who had them, and what is spread over them. */
export function ItemsField(props: ModeProps) {
  const { form, change, members, people } = props
  const list = useFocusOnNewRow(form.items.length)
  const replace = (items: ItemForm[]) => {
    change({ items })
  }
  const add = () => {
    replace([...form.items, emptyItem()])
  }
  return (
    <div className="grid gap-3">
      <ol ref={list} aria-label={t`Items`} className="grid gap-2">
        {form.items.map((item, index) => (
          <ItemRow
            key={item.key}
            item={item}
            number={index + 1}
            currency={form.currency}
            members={members}
            label={(id) => people.label(id)}
            onChange={(changes) => {
              replace(form.items.map((each) => (each === item ? { ...each, ...changes } : each)))
            }}
            onNext={add}
            onRemove={() => {
              replace(form.items.filter((each) => each !== item))
            }}
          />
        ))}
      </ol>
      <Button
        look="quiet"
        size="small"
        className="justify-self-start"
        icon={<Plus size={16} aria-hidden="true" />}
        onClick={add}
      >
        <Trans>Add item</Trans>
      </Button>
      <div className="grid grid-cols-3 gap-2">
        {EXTRAS.map(([extra, label]) => (
          <TextField
            key={extra}
            label={t(label)}
            inputMode="decimal"
            autoComplete="off"
            value={form[extra]}
            onChange={(event) => {
              change({ [extra]: event.target.value })
            }}
          />
        ))}
      </div>
      <Parts {...props} />
    </div>
  )
}

/** Enter goes on inside the form, instead of saving what is half entered. */
function onEnter(next: (event: KeyboardEvent<HTMLElement>) => void) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    next(event)
  }
}

/** Whoever adds a row goes on in it. */
function useFocusOnNewRow(rows: number) {
  const list = useRef<HTMLOListElement>(null)
  const before = useRef(rows)
  useEffect(() => {
    if (rows > before.current) list.current?.lastElementChild?.querySelector('input')?.focus()
    before.current = rows
  }, [rows])
  return list
}

interface ItemRowProps {
  item: ItemForm
  number: number
  currency: string
  members: readonly Person[]
  label: (id: string) => string
  onChange: (changes: Partial<ItemForm>) => void
  /** Enter behind the amount: on to another row. */
  onNext: () => void
  onRemove: () => void
}

function ItemRow(props: ItemRowProps) {
  const { item, number, currency, onChange, onNext, onRemove } = props
  return (
    <li className="grid gap-2 rounded-xl border border-line p-2">
      <div className="grid grid-cols-[minmax(0,1fr)_8.5rem_auto] items-center gap-2">
        <input
          className="field"
          autoComplete="off"
          enterKeyHint="next"
          placeholder={t`Item`}
          onKeyDown={onEnter(({ currentTarget }) => {
            currentTarget.closest('li')?.querySelectorAll('input')[1]?.focus()
          })}
          aria-label={t`Item ${number}: name`}
          value={item.name}
          onChange={(event) => {
            onChange({ name: event.target.value })
          }}
        />
        <MoneyInput
          currency={currency}
          aria-label={t`Item ${number}: amount`}
          enterKeyHint="next"
          onKeyDown={onEnter(onNext)}
          value={item.amount}
          onChange={(event) => {
            onChange({ amount: event.target.value })
          }}
        />
        <IconButton label={t`Remove item ${number}`} onClick={onRemove}>
          <X size={18} aria-hidden="true" />
        </IconButton>
      </div>
      <Eaters {...props} />
    </li>
  )
}

/** Who had it: everybody, until some are taken out. */
function Eaters({ item, number, members, label, onChange }: ItemRowProps) {
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">
        <Trans>Who had item {number}</Trans>
      </legend>
      {members.map(({ id, name, isGuest }) => {
        const out = item.without[id] ?? false
        return (
          <button
            key={id}
            type="button"
            aria-pressed={!out}
            onClick={() => {
              onChange({ without: { ...item.without, [id]: !out } })
            }}
            className={classes(
              'reach inline-flex min-h-9 items-center gap-1.5 rounded-full border py-0.5 pr-3 pl-1 text-sm transition-colors',
              out ? 'border-line text-faint line-through' : 'border-line-strong bg-brand-soft',
            )}
          >
            <span className={classes('inline-flex', out && 'opacity-40')}>
              <Avatar name={name} guest={isGuest} size="small" />
            </span>
            {label(id)}
          </button>
        )
      })}
    </fieldset>
  )
}

/** What it all comes to for each, once everything is assigned. */
function Parts({ preview, members, people }: ModeProps) {
  if (!preview) return null
  const parts = members.flatMap(({ id }) => {
    const share = preview.get(id)
    return share ? [[id, share] as const] : []
  })
  return (
    <ul
      aria-label={t`What everybody owes`}
      className="flex flex-wrap gap-x-4 gap-y-1 rounded-xl bg-tile px-4 py-2.5 text-sm"
    >
      {parts.map(([id, share]) => (
        <li key={id}>
          <span className="text-muted">{people.label(id)}</span>{' '}
          <span className="tabular font-semibold">{formatMoney(share)}</span>
        </li>
      ))}
    </ul>
  )
}
