import { t } from '@lingui/core/macro'
import { CurrencyField } from '../../ui/CurrencyField'
import { SelectField, TextField } from '../../ui/Field'
import { MoneyField } from '../../ui/MoneyField'
import type { PaymentErrors, PaymentForm } from './form'
import { METHODS, RECORDABLE } from './methods'

export interface FormProps {
  form: PaymentForm
  change: (changes: Partial<PaymentForm>) => void
  errors: PaymentErrors
}

/** How much was paid, how and when. */
export function AmountFields({ form, change, errors }: FormProps) {
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_6.5rem] gap-3">
        <MoneyField
          label={t`Amount`}
          currency={form.currency}
          error={errors.amount}
          value={form.amount}
          onChange={(event) => {
            change({ amount: event.target.value })
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
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label={t`How`}
          value={form.method}
          onChange={(event) => {
            change({ method: event.target.value as PaymentForm['method'] })
          }}
        >
          {RECORDABLE.map((method) => (
            <option key={method} value={method}>
              {t(METHODS[method])}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t`Date`}
          type="date"
          error={errors.date}
          value={form.date}
          onChange={(event) => {
            change({ date: event.target.value })
          }}
        />
      </div>
      <TextField
        label={t`Note`}
        optional
        autoComplete="off"
        error={errors.note}
        value={form.note}
        onChange={(event) => {
          change({ note: event.target.value })
        }}
      />
    </>
  )
}
