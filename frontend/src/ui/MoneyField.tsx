import type { ComponentProps } from 'react'
import { workedOut } from '../lib/amounts'
import { classes } from './classes'
import { Field, type TextFieldProps } from './Field'

type MoneyFieldProps = TextFieldProps & { currency: string; value?: string }

/** An amount as text: what was typed is read by the money module, never by the browser. */
export function MoneyField({ currency, ...field }: MoneyFieldProps) {
  const { label, error, hint, optional, className, ...input } = field
  const sum = workedOut(input.value ?? '', currency)
  return (
    <Field {...{ label, error, optional, className }} hint={sum ?? hint}>
      {(control) => <MoneyInput {...input} {...control} currency={currency} />}
    </Field>
  )
}

/** The bare input of an amount, for places that have a label of their own. */
export function MoneyInput({ currency, ...input }: ComponentProps<'input'> & { currency: string }) {
  return (
    <span className="relative block">
      <span className="pointer-events-none absolute inset-y-0 left-3 grid place-items-center text-sm text-faint">
        {currency}
      </span>
      <input
        inputMode="decimal"
        autoComplete="off"
        {...input}
        className={classes('field tabular pl-13! text-right', input.className)}
      />
    </span>
  )
}
