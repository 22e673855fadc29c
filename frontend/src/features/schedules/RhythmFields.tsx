import { t } from '@lingui/core/macro'
import type { ActionForm } from '../../api/useActionForm'
import { filled } from '../../lib/filled'
import { SelectField, TextField } from '../../ui/Field'
import type { Rhythm } from './input'
import { unitLabels } from './rhythm'

interface RhythmFieldsProps {
  /** What the first day is called. */
  firstLabel: string
  /** Whether there must be one. */
  firstNeeded?: boolean
  field: ActionForm<Rhythm>['field']
  /** Another unit, or another number of them, was chosen. */
  onPace?: () => void
}

/** How often something is entered, from when on, and when that ends. */
export function RhythmFields(props: RhythmFieldsProps) {
  const { firstLabel, firstNeeded = false, field, onPace } = props
  const pace = onPace && { onChange: onPace }
  return (
    <div className="grid grid-cols-2 gap-3">
      <SelectField label={t`Every`} {...field('every', { valueAsNumber: true, ...pace })}>
        {Array.from({ length: 12 }, (_, index) => (
          <option key={index} value={(index + 1).toString()}>
            {index + 1}
          </option>
        ))}
      </SelectField>
      <SelectField label={t`Unit`} {...field('frequency', pace)}>
        {Object.entries(unitLabels()).map(([unit, label]) => (
          <option key={unit} value={unit}>
            {label}
          </option>
        ))}
      </SelectField>
      <TextField
        label={firstLabel}
        type="date"
        {...field('first', firstNeeded ? { validate: filled } : {})}
      />
      <TextField label={t`Until`} optional type="date" {...field('until')} />
      <TextField
        label={t`How many times`}
        optional
        type="number"
        inputMode="numeric"
        min={1}
        {...field('count')}
      />
    </div>
  )
}
