import { useApolloClient } from '@apollo/client/react'
import { useMemo, useReducer, useState, type SubmitEvent } from 'react'
import { useIdempotencyKey } from '../app/key'
import { useAction } from '../app/useAction'
import { useDialog } from '../app/useDialog'
import { today } from '../dates'
import { acceptGroup } from '../groups/follow'
import type { GroupContext } from '../groups/useGroup'
import { Button } from '../ui/Button'
import { CurrencyField } from '../ui/CurrencyField'
import { Dialog } from '../ui/Dialog'
import { FormError, MoneyField, SelectField, TextField } from '../ui/Field'
import { useNotify } from '../ui/Notices'
import { CATEGORY_CHOICES } from './categories'
import { CreateExpense } from './documents'
import { emptyForm, readForm, refusedErrors, type Errors, type ExpenseForm } from './form'
import { PayersField } from './PayersField'
import { SplitField } from './SplitField'

/** How the parts of the form see it. */
export interface FormProps {
  form: ExpenseForm
  change: (changes: Partial<ExpenseForm>) => void
  errors: Errors
}

const merge = (form: ExpenseForm, changes: Partial<ExpenseForm>) => ({ ...form, ...changes })

export function NewExpenseDialog({ group, people }: GroupContext) {
  const { close } = useDialog()
  const { cache } = useApolloClient()
  const notify = useNotify()
  const idempotencyKey = useIdempotencyKey()
  const { run, busy, refusal } = useAction(CreateExpense)
  const [tried, setTried] = useState(false)
  const [form, change] = useReducer(merge, undefined, () =>
    emptyForm(group.currency, today(), people.viewerId),
  )
  const members = useMemo(() => people.active.map(({ id }) => id), [people])
  const reading = readForm(form, members)
  const refused = refusedErrors(refusal)
  const errors = tried ? { ...refused, ...reading.errors } : {}
  const shared = { form, change, errors }

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    setTried(true)
    if (!reading.body) return
    const data = await run({ input: { ...reading.body, groupId: group.id, idempotencyKey } })
    if (!data) return
    acceptGroup(cache, data.createExpense.group)
    notify('Expense added')
    close()
  }

  return (
    <Dialog title="Add an expense" onClose={close}>
      <form onSubmit={submit} className="grid gap-5" noValidate>
        <FormError>{Object.keys(refused).length > 0 ? undefined : refusal?.message}</FormError>
        <What {...shared} />
        <PayersField {...shared} people={people} left={reading.payersLeft} />
        <SplitField {...shared} people={people} reading={reading} />
        <Details {...shared} />
        <Button type="submit" busy={busy}>
          Add expense
        </Button>
      </form>
    </Dialog>
  )
}

function What({ form, change, errors }: FormProps) {
  return (
    <div className="grid gap-4">
      <TextField
        label="What was it for?"
        autoComplete="off"
        placeholder="Dinner by the river"
        error={errors.description}
        value={form.description}
        onChange={(event) => {
          change({ description: event.target.value })
        }}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_6.5rem] gap-3">
        <MoneyField
          label="Amount"
          currency={form.currency}
          error={errors.amount}
          value={form.amount}
          onChange={(event) => {
            change({ amount: event.target.value })
          }}
        />
        <CurrencyField
          label="Currency"
          compact
          value={form.currency}
          onChange={(currency) => {
            change({ currency })
          }}
        />
      </div>
    </div>
  )
}

function Details({ form, change, errors }: FormProps) {
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Date"
          type="date"
          error={errors.date}
          value={form.date}
          onChange={(event) => {
            change({ date: event.target.value })
          }}
        />
        <SelectField
          label="Category"
          error={errors.category}
          value={form.category}
          onChange={(event) => {
            change({ category: event.target.value })
          }}
        >
          <option value="">None</option>
          {CATEGORY_CHOICES.map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        label="Notes"
        optional
        autoComplete="off"
        error={errors.notes}
        value={form.notes}
        onChange={(event) => {
          change({ notes: event.target.value })
        }}
      />
    </div>
  )
}
