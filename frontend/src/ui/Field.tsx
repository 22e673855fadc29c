import { Trans } from '@lingui/react/macro'
import { useId, type ComponentProps, type ReactNode } from 'react'
import { classes } from './classes'

/** What ties a control to its label, hint and error. */
export interface ControlProps {
  id: string
  'aria-invalid': boolean | undefined
  'aria-describedby': string | undefined
}

interface FieldProps {
  label: string
  error?: string | undefined
  hint?: ReactNode
  optional?: boolean
  /** The label is for screen readers alone: the field's place says the same. */
  labelHidden?: boolean
  className?: string
  children: (control: ControlProps) => ReactNode
}

export function Field(props: FieldProps) {
  const { label, error, hint, optional, labelHidden, className, children } = props
  const id = useId()
  const note = error ?? hint
  return (
    <div className={classes('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-sm font-semibold'}>
        {label}
        {optional && (
          <span className="font-normal text-faint">
            {' '}
            <Trans>(optional)</Trans>
          </span>
        )}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': note ? `${id}-note` : undefined,
      })}
      {note && (
        <p id={`${id}-note`} className={classes('text-sm', error ? 'text-danger' : 'text-faint')}>
          {note}
        </p>
      )}
    </div>
  )
}

type FieldParts = Omit<FieldProps, 'children'>
export type TextFieldProps = FieldParts & Omit<ComponentProps<'input'>, 'id'>

export function TextField({ label, error, hint, optional, className, ...input }: TextFieldProps) {
  return (
    <Field {...{ label, error, hint, optional, className }}>
      {(control) => <input {...input} {...control} className="field" />}
    </Field>
  )
}

type SelectFieldProps = FieldParts & Omit<ComponentProps<'select'>, 'id'>

export function SelectField(props: SelectFieldProps) {
  const { label, error, hint, optional, className, ...select } = props
  return (
    <Field {...{ label, error, hint, optional, className }}>
      {(control) => <select {...select} {...control} className="field" />}
    </Field>
  )
}

/** The refusal of a form that belongs to no single field. */
export function FormError({ children }: { children: ReactNode }) {
  if (!children) return null
  return (
    <p role="alert" className="rounded-xl bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
      {children}
    </p>
  )
}
