import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useWatch } from 'react-hook-form'
import type { ActionForm } from '../../api/useActionForm'
import { Button } from '../../ui/Button'
import { CurrencyField } from '../../ui/CurrencyField'
import { SelectField, TextField } from '../../ui/Field'
import { MoneyField } from '../../ui/MoneyField'
import type { PaymentForm } from './form'
import { METHODS, RECORDABLE } from './methods'

export interface FormProps {
  form: Pick<ActionForm<PaymentForm>, 'control' | 'field' | 'setValue'>
}

/** How much was paid, how and when. `owed` is the currency that the debt is likely to be in. */
export function AmountFields({ form, owed }: FormProps & { owed: string }) {
  const { control, field } = form
  const [amount, currency] = useWatch({ control, name: ['amount', 'currency'] })
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_6.5rem] gap-3">
        <MoneyField label={t`Amount`} currency={currency} {...field('amount')} value={amount} />
        <CurrencyField
          label={t`Currency`}
          compact
          {...field('currency', { deps: ['amount', 'settles'] })}
        />
      </div>
      <Settled form={form} owed={owed} />
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

/** How much of a debt in another currency the payment settles. */
function Settled({ form: { control, field, setValue }, owed }: FormProps & { owed: string }) {
  const [settles, settled, currency] = useWatch({
    control,
    name: ['settles', 'settled', 'currency'],
  })
  if (!settled) {
    // In the currency of the debt there is nothing to say.
    if (currency === owed) return null
    return (
      <Button
        look="quiet"
        size="small"
        className="justify-self-start"
        onClick={() => {
          setValue('settled', owed)
        }}
      >
        <Trans>It settles a debt in {owed}</Trans>
      </Button>
    )
  }
  return (
    <div className="grid gap-1">
      <div className="grid grid-cols-[minmax(0,1fr)_6.5rem] gap-3">
        <MoneyField label={t`Settles`} currency={settled} {...field('settles')} value={settles} />
        <CurrencyField label={t`Debt in`} compact {...field('settled', { deps: 'settles' })} />
      </div>
      <Button
        look="quiet"
        size="small"
        className="justify-self-start"
        onClick={() => {
          setValue('settled', '')
          setValue('settles', '')
        }}
      >
        <Trans>Count what was paid itself</Trans>
      </Button>
    </div>
  )
}
