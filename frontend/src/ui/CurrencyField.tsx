import { useMemo } from 'react'
import { CURRENCIES, currencyLabel } from '../lib/currencies'
import { SelectField } from './Field'

interface CurrencyFieldProps {
  label: string
  value: string
  onChange: (currency: string) => void
  error?: string | undefined
  hint?: string
  className?: string
  /** Codes alone, where there is no room for names. */
  compact?: boolean
}

export function CurrencyField({ value, onChange, compact = false, ...field }: CurrencyFieldProps) {
  const options = useMemo(
    () =>
      CURRENCIES.map((code) => (
        <option key={code} value={code} label={compact ? code : currencyLabel(code)} />
      )),
    [compact],
  )
  return (
    <SelectField
      {...field}
      value={value}
      onChange={(event) => {
        onChange(event.target.value)
      }}
    >
      {options}
    </SelectField>
  )
}
