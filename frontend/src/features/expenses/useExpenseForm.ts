import { useReducer, useState } from 'react'
import type { Refusal } from '../../api/refusal'
import { readForm, refusedErrors, type ExpenseForm } from './form'

const merge = (form: ExpenseForm, changes: Partial<ExpenseForm>) => ({ ...form, ...changes })

/** The state of an expense form: what was typed, what it means, and what is wrong with it. */
export function useExpenseForm(
  initial: () => ExpenseForm,
  members: readonly string[],
  refusal: Refusal | undefined,
) {
  const [tried, setTried] = useState(false)
  const [form, change] = useReducer(merge, undefined, initial)
  const reading = readForm(form, members)
  const refused = refusedErrors(refusal)
  return {
    form,
    change,
    reading,
    errors: tried ? { ...refused, ...reading.errors } : {},
    /** The refusal, if it belongs to no field. */
    general: Object.keys(refused).length > 0 ? undefined : refusal?.message,
    /** From the first try on, everything that is wrong is shown. */
    markTried: () => {
      setTried(true)
    },
  }
}
