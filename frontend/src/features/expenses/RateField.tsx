import { t } from '@lingui/core/macro'
import { formatMoney } from '../../lib/money'
import { Field } from '../../ui/Field'
import type { FormProps } from './fields'

/** What a unit of the typed currency is in the currency of the group. Nobody has to know that. */
export function RateField({ form, change, errors, reading, groupCurrency }: FormProps) {
  const { currency } = form
  const { converted } = reading
  return (
    <div data-field="rate">
      <Field
        label={t`Rate`}
        optional
        error={errors.rate}
        hint={
          converted
            ? `= ${formatMoney(converted)}`
            : t`Shows it in ${groupCurrency}, too. It stays owed in ${currency}.`
        }
      >
        {(control) => (
          <span className="flex items-center gap-2 text-sm text-muted">
            <bdi className="shrink-0">1 {currency} =</bdi>
            <input
              {...control}
              className="field tabular min-w-0 text-right"
              inputMode="decimal"
              autoComplete="off"
              value={form.rate}
              onChange={({ target }) => {
                change({ rate: target.value })
              }}
            />
            <span className="shrink-0">{groupCurrency}</span>
          </span>
        )}
      </Field>
    </div>
  )
}
