import { useId } from 'react'
import { classes } from './classes'

interface SegmentedProps<Value extends string> {
  label: string
  value: Value
  options: readonly (readonly [value: Value, label: string])[]
  onChange: (value: Value) => void
}

/** A few exclusive choices side by side: radio buttons, so arrow keys work. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, options, onChange } = props
  const name = useId()
  return (
    <fieldset
      className={classes(
        'gap-1 rounded-xl bg-sunken p-1',
        // Many choices stand in two rows on a phone: what is out of sight is not found.
        options.length > 4 ? 'grid grid-cols-3 sm:grid-cols-6' : 'flex overflow-x-auto',
      )}
    >
      <legend className="sr-only">{label}</legend>
      {options.map(([option, text]) => (
        <label key={option} className="relative grow">
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => {
              onChange(option)
            }}
            // Can be hit on the frame as well.
            className="peer absolute inset-x-0 -inset-y-1 h-[calc(100%+0.5rem)] w-full cursor-pointer appearance-none rounded-lg"
          />
          <span className="pointer-events-none relative grid min-h-9 place-items-center rounded-lg px-2 text-center text-sm font-semibold whitespace-nowrap text-muted transition-colors peer-checked:bg-surface peer-checked:text-ink peer-checked:shadow-card">
            {text}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
