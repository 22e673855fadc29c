import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { formatDay } from '../../lib/dates'
import { editRate, formatMoney, formatRate } from '../../lib/money'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import { ReferenceRate } from './documents.generated'
import type { FormProps } from './fields'

/** What a unit of the typed currency is in the currency of the group. Nobody has to know that. */
export function RateField(props: FormProps) {
  const { form, change, errors, reading, groupCurrency } = props
  const { currency } = form
  const { converted } = reading
  return (
    <div data-field="rate" className="grid gap-1">
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
      <Suggestion {...props} />
    </div>
  )
}

/** The reference rate of the day, where the installation knows one. */
function Suggestion({ form, change, groupCurrency }: FormProps) {
  const { currency, date } = form
  const { data } = useQuery(ReferenceRate, {
    variables: { from: currency, to: groupCurrency, day: date || null },
  })
  const suggested = data?.exchangeRate
  if (!suggested || form.rate.trim()) return null
  const rate = formatRate(suggested.rate)
  const day = formatDay(suggested.day)
  return (
    <Button
      look="quiet"
      size="small"
      className="justify-self-end"
      onClick={() => {
        change({ rate: editRate(suggested.rate) })
      }}
    >
      {t`Use the rate of ${day}: ${rate}`}
    </Button>
  )
}
