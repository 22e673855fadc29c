import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { CurrencyField } from '../../ui/CurrencyField'
import { MoneyField, SelectField, TextField } from '../../ui/Field'
import { CATEGORIES, categoryLabel } from './categories'
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
        label={t`What was it for?`}
        autoComplete="off"
        placeholder={t`Dinner by the river`}
        error={errors.description}
        value={form.description}
        onChange={(event) => {
          change({ description: event.target.value })
        }}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_6.5rem] gap-3">
        <MoneyField
          label={t`Amount`}
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
          label={t`Currency`}
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
        <Trans>A refund: money came back</Trans>
      </label>
    </div>
  )
}

function Details({ form, change, errors }: FormProps) {
  const known = CATEGORIES.includes(form.category)
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t`Date`}
          type="date"
          error={errors.date}
          value={form.date}
          onChange={(event) => {
            change({ date: event.target.value })
          }}
        />
        <SelectField
          label={t`Category`}
          error={errors.category}
          value={form.category}
          onChange={(event) => {
            change({ category: event.target.value })
          }}
        >
          <option value="">
            <Trans>None</Trans>
          </option>
          {!known && form.category && (
            <option value={form.category}>{categoryLabel(form.category)}</option>
          )}
          {CATEGORIES.map((id) => (
            <option key={id} value={id}>
              {categoryLabel(id)}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        label={t`Notes`}
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
