import { CurrencyField } from '../../ui/CurrencyField'
import { MoneyField, SelectField, TextField } from '../../ui/Field'
import { CATEGORY_CHOICES, categoryLabel } from './categories'
import type { FormProps } from './fields'
import { PayersField } from './PayersField'
import { SplitField } from './SplitField'

/** Everything that is entered for an expense. */
export function ExpenseFields(props: FormProps) {
  return (
    <>
      <What {...props} />
      <PayersField {...props} />
      <SplitField {...props} />
      <Details {...props} />
    </>
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
          onChange={({ target: { value } }) => {
            // A typed minus says the same as the box below.
            change(
              /^[-−]/.test(value) ? { amount: value.slice(1), refund: true } : { amount: value },
            )
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
      <label className="-mt-2 flex min-h-9 w-fit cursor-pointer items-center gap-2.5 text-sm text-muted">
        <input
          type="checkbox"
          className="size-4.5 accent-brand"
          checked={form.refund}
          onChange={(event) => {
            change({ refund: event.target.checked })
          }}
        />
        A refund: money came back
      </label>
    </div>
  )
}

function Details({ form, change, errors }: FormProps) {
  const known = CATEGORY_CHOICES.some(([id]) => id === form.category)
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
          {!known && form.category && (
            <option value={form.category}>{categoryLabel(form.category)}</option>
          )}
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
