import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { useForm, useWatch, type FieldErrors, type Path, type PathValue } from 'react-hook-form'
import type { Refusal } from '../../api/refusal'
import { forget, keep, readKept } from '../../lib/kept'
import { type Panel, PANEL_OF } from './fields'
import { type Errors, type ExpenseForm, type Field, readForm, refusedErrors } from './form'

interface Options {
  initial: () => ExpenseForm
  /** Ids of who can pay and share. */
  members: readonly string[]
  /** The currency of the group. */
  groupCurrency: string
  refusal: Refusal | undefined
  /** The name under which an unfinished form is kept on this device. */
  keptAs: string
}

/** The state of an expense form: what was typed, what it means, and what is wrong with it. */
export function useExpenseForm({ initial, members, groupCurrency, refusal, keptAs }: Options) {
  const name = `form.${keptAs}`
  const [fresh, setFresh] = useState(initial)
  const [kept, setKept] = useState(() => readKept(name) as ExpenseForm | undefined)
  const { control, formState, handleSubmit, reset, setValue } = useForm<ExpenseForm>({
    defaultValues: { ...fresh, ...kept },
    resolver: (values) => {
      const errors = fieldErrors(readForm(values, members, groupCurrency).errors)
      return Object.keys(errors).length > 0 ? { values: {}, errors } : { values, errors: {} }
    },
    shouldFocusError: false,
  })
  const form = useWatch({ control }) as ExpenseForm
  const reading = readForm(form, members, groupCurrency)
  const refused = refusedErrors(refusal)
  const { element, open, toggle, reveal } = usePanels(form.refund)
  const { isDirty, isSubmitted } = formState

  useEffect(() => {
    if (isDirty) keep(name, form)
  }, [isDirty, name, form])

  const [refusedField] = Object.keys(refused) as Field[]
  useEffect(() => {
    if (refusedField) reveal(refusedField)
  }, [refusedField, refusal, reveal])

  return {
    element,
    form,
    fields: {
      form,
      change: (changes: Partial<ExpenseForm>) => {
        for (const [key, value] of Object.entries(changes) as Entry[]) {
          setValue(key, value, { shouldDirty: true })
        }
      },
      reading,
      errors: isSubmitted ? { ...refused, ...reading.errors } : {},
      open,
      toggle,
      groupCurrency,
    },
    reading,
    /** The refusal, if it belongs to no field. */
    general: refusedField ? undefined : refusal?.message,
    /** Calls what is given once everything is filled in; otherwise shows the first thing that is not. */
    submit: (save: () => Promise<void>) => (event: SubmitEvent) =>
      handleSubmit(save, (errors) => {
        const first = FIELD_ORDER.find((field) => errors[NAME_OF[field]])
        if (first) reveal(first)
      })(event),
    /** Begins with other values wherever nothing was entered yet. */
    beginWith: (start: Partial<ExpenseForm>) => {
      const next = { ...fresh, ...start }
      const typed = Object.entries(form).filter(
        ([key, value]) => value !== fresh[key as keyof ExpenseForm],
      ) as Entry[]
      setFresh(next)
      reset(next)
      for (const [key, value] of typed) setValue(key, value, { shouldDirty: true })
    },
    /** True while the form shows what was left unfinished some time ago. */
    resumed: kept !== undefined,
    startOver: () => {
      forget(name)
      setKept(undefined)
      reset(fresh)
    },
    /** It is saved: there is nothing to come back to. */
    finish: () => {
      forget(name)
    },
  }
}

type Name = Path<ExpenseForm>
type Entry = [Name, PathValue<ExpenseForm, Name>]

/** Where the form library is told what is wrong with a field. */
const NAME_OF = {
  description: 'description',
  amount: 'amount',
  rate: 'rate',
  payers: 'payer',
  split: 'mode',
  date: 'date',
  category: 'category',
  notes: 'notes',
} as const satisfies Record<Field, keyof ExpenseForm>

/** From the top of the form to its foot. */
const FIELD_ORDER = Object.keys(NAME_OF) as Field[]

function fieldErrors(errors: Errors): FieldErrors<ExpenseForm> {
  const entries = Object.entries(errors) as [Field, string][]
  return Object.fromEntries(
    entries.map(([field, message]) => [NAME_OF[field], { type: 'value', message }]),
  )
}

/** Which panels are open; one of payers and split at a time. */
function usePanels(refund: boolean) {
  const element = useRef<HTMLFormElement>(null)
  const [open, setOpen] = useState<ReadonlySet<Panel>>(new Set())
  const [wanted, setWanted] = useState<{ field: Field }>()
  // The one place where a refund is told must not be out of sight.
  const shown: ReadonlySet<Panel> = refund ? new Set([...open, 'more']) : open

  useEffect(() => {
    if (!wanted) return
    const place = element.current?.querySelector(`[data-field="${wanted.field}"]`)
    place?.scrollIntoView({ block: 'center' })
    // The currency stands before its amount, and is not what is wrong.
    const input = place?.querySelector<HTMLElement>('input:not([type=radio])')
    const control = input ?? place?.querySelector<HTMLElement>('select, button')
    control?.focus()
  }, [wanted])

  const [reveal] = useState(() => (field: Field) => {
    const panel = PANEL_OF[field]
    if (panel) setOpen((before) => opened(before, panel))
    setWanted({ field })
  })
  const toggle = (panel: Panel) => {
    setOpen((before) => (before.has(panel) ? closed(before, panel) : opened(before, panel)))
  }
  return { element, open: shown, toggle, reveal }
}

const BESIDE: Partial<Record<Panel, Panel>> = { payers: 'split', split: 'payers' }

function opened(before: ReadonlySet<Panel>, panel: Panel): ReadonlySet<Panel> {
  return new Set([...before].filter((each) => each !== BESIDE[panel])).add(panel)
}

function closed(before: ReadonlySet<Panel>, panel: Panel): ReadonlySet<Panel> {
  return new Set([...before].filter((each) => each !== panel))
}
