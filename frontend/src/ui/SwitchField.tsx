import { useId, type ComponentProps } from 'react'

interface SwitchFieldProps extends ComponentProps<'input'> {
  label: string
  hint?: string | undefined
}

/** Something that is on or off, and takes effect with the form around it. */
export function SwitchField({ label, hint, ...input }: SwitchFieldProps) {
  const id = useId()
  return (
    <div className="grid gap-1">
      <label className="flex min-h-11 cursor-pointer items-center justify-between gap-4">
        <span className="text-sm font-semibold">{label}</span>
        <span className="relative shrink-0">
          <input
            {...input}
            type="checkbox"
            role="switch"
            aria-describedby={hint ? id : undefined}
            className="peer block h-7 w-12 cursor-pointer appearance-none rounded-full bg-line-strong transition-colors checked:bg-brand"
          />
          <span className="pointer-events-none absolute top-1 left-1 size-5 rounded-full bg-surface shadow-card transition-transform peer-checked:translate-x-5" />
        </span>
      </label>
      {hint && (
        <p id={id} className="text-sm text-faint">
          {hint}
        </p>
      )}
    </div>
  )
}
