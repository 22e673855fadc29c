import { t } from '@lingui/core/macro'
import { useWatch } from 'react-hook-form'
import type { ActionForm } from '../../api/useActionForm'
import { CurrencyField } from '../../ui/CurrencyField'
import { SelectField, TextField } from '../../ui/Field'
import { MoneyField } from '../../ui/MoneyField'
import type { PaymentForm } from './form'
import { METHODS, RECORDABLE } from './methods'

export interface FormProps {
  form: Pick<ActionForm<PaymentForm>, 'control' | 'field'>
}

/** How much was paid, how and when. */
export function AmountFields({ form: { control, field } }: FormProps) {
  const [amount, currency] = useWatch({ control, name: ['amount', 'currency'] })
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_6.5rem] gap-3">
        <MoneyField label={t`Amount`} currency={currency} {...field('amount')} value={amount} />
        <CurrencyField label={t`Currency`} compact {...field('currency', { deps: 'amount' })} />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <SelectField label={t`How`} {...field('method')}>
          {RECORDABLE.map((method) => (
            <option key={method} value={method}>
              {t(METHODS[method])}
            </option>
          ))}
        </SelectField>
        <TextField label={t`Date`} type="date" {...field('date')} />
      </div>
      <TextField label={t`Note`} optional autoComplete="off" {...field('note')} />
    </>
  )
}
