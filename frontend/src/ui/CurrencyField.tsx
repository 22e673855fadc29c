import { useMemo, type ComponentProps } from 'react'
import { CURRENCIES, currencyLabel } from '../lib/currencies'
import { SelectField } from './Field'

interface CurrencyFieldProps extends Omit<ComponentProps<typeof SelectField>, 'children'> {
  /** Codes alone, where there is no room for names. */
  compact?: boolean
}

export function CurrencyField({ compact = false, ...field }: CurrencyFieldProps) {
  const options = useMemo(
    () =>
      CURRENCIES.map((code) => (
        <option key={code} value={code} label={compact ? code : currencyLabel(code)} />
      )),
    [compact],
  )
  return <SelectField {...field}>{options}</SelectField>
}
