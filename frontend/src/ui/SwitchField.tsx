import { useId } from 'react'

interface SwitchFieldProps {
  label: string
  hint?: string | undefined
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Something that is on or off, and takes effect with the form around it. */
export function SwitchField({ label, hint, checked, onChange }: SwitchFieldProps) {
  const id = useId()
  return (
    <div className="grid gap-1">
      <label className="flex min-h-11 cursor-pointer items-center justify-between gap-4">
        <span className="text-sm font-semibold">{label}</span>
        <span className="relative shrink-0">
          <input
            type="checkbox"
            role="switch"
            aria-describedby={hint ? id : undefined}
            checked={checked}
            onChange={(event) => {
              onChange(event.target.checked)
            }}
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
