import { useEffect } from 'react'
import {
  useForm,
  type DefaultValues,
  type FieldValues,
  type Path,
  type RegisterOptions,
  type UseFormProps,
} from 'react-hook-form'
import type { Refusal } from './refusal'

/** A field, or a field and what it says in place of the refusal's sentence. */
type Place<Values extends FieldValues> =
  Path<Values> | { field: Path<Values>; message: string | undefined }

interface Options<Values extends FieldValues> extends Pick<UseFormProps<Values>, 'resolver'> {
  defaultValues: Values
  /** Why the server did not take what was sent. */
  refusal: Refusal | undefined
  /** Where a refusal belongs whose path is no name of a field, by that path or by its code. */
  places?: Partial<Record<string, Place<Values>>>
}

/**
 * The form of an action. What is wrong stands at its field, and the first such field has the focus, whether
 * the app or the server found it; a refusal that belongs to no field is `general`, to be shown beside the button.
 */
export function useActionForm<Values extends FieldValues>(options: Options<Values>) {
  const { defaultValues, resolver, refusal, places = {} } = options
  const form = useForm<Values>({
    defaultValues: defaultValues as DefaultValues<Values>,
    ...(resolver && { resolver }),
  })
  const { handleSubmit, register, setError, formState } = form
  const names = Object.keys(defaultValues) as Path<Values>[]
  const place = refusal && placeOf(refusal, names, places)
  const { field, message } =
    typeof place === 'object' ? place : { field: place, message: refusal?.message }

  useEffect(() => {
    if (refusal && field) setError(field, { type: refusal.code, message }, { shouldFocus: true })
  }, [refusal, field, message, setError])

  return {
    ...form,
    /** What an input needs to hold a value of the form, and what is wrong with it. */
    field: <Name extends Path<Values>>(name: Name, rules?: RegisterOptions<Values, Name>) => ({
      ...register(name, rules),
      error: form.getFieldState(name, formState).error?.message,
    }),
    /** What a form element calls: sends what was typed, unless something is wrong with it. */
    onSubmit: (send: (values: Values) => Promise<void>) => {
      const submit = handleSubmit(send)
      return (event: React.SubmitEvent) => void submit(event)
    },
    general: field ? undefined : refusal?.message,
  }
}

export type ActionForm<Values extends FieldValues> = ReturnType<typeof useActionForm<Values>>

function placeOf<Values extends FieldValues>(
  { code, field = '' }: Refusal,
  names: Path<Values>[],
  places: Partial<Record<string, Place<Values>>>,
): Place<Values> | undefined {
  const [outer = ''] = field.split('.')
  return places[code] ?? places[field] ?? places[outer] ?? names.find((name) => name === outer)
}
