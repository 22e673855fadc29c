import { t } from '@lingui/core/macro'
import { messageAt, type Refusal } from '../../api/refusal'
import type { Frequency } from '../../api/schema.generated'
import { SelectField, TextField } from '../../ui/Field'
import type { Rhythm } from './input'
import { unitLabels } from './rhythm'

interface RhythmFieldsProps {
  /** What the first day is called. */
  firstLabel: string
  rhythm: Rhythm
  change: (changes: Partial<Rhythm>) => void
  refusal: Refusal | undefined
}

/** How often something is entered, from when on, and when that ends. */
export function RhythmFields({ firstLabel, rhythm, change, refusal }: RhythmFieldsProps) {
  const { frequency, every, first, until, count } = rhythm
  return (
    <div className="grid grid-cols-2 gap-3">
      <SelectField
        label={t`Every`}
        error={messageAt(refusal, 'every')}
        value={every.toString()}
        onChange={({ target }) => {
          change({ every: target.selectedIndex + 1 })
        }}
      >
        {Array.from({ length: 12 }, (_, index) => (
          <option key={index} value={(index + 1).toString()}>
            {index + 1}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t`Unit`}
        value={frequency}
        onChange={({ target }) => {
          change({ frequency: target.value as Frequency })
        }}
      >
        {Object.entries(unitLabels()).map(([unit, label]) => (
          <option key={unit} value={unit}>
            {label}
          </option>
        ))}
      </SelectField>
      <TextField
        label={firstLabel}
        type="date"
        error={messageAt(refusal, 'date', 'from')}
        value={first}
        onChange={({ target }) => {
          change({ first: target.value })
        }}
      />
      <TextField
        label={t`Until`}
        optional
        type="date"
        error={messageAt(refusal, 'until')}
        value={until}
        onChange={({ target }) => {
          change({ until: target.value })
        }}
      />
      <TextField
        label={t`How many times`}
        optional
        type="number"
        inputMode="numeric"
        min={1}
        error={messageAt(refusal, 'count')}
        value={count}
        onChange={({ target }) => {
          change({ count: target.value })
        }}
      />
    </div>
  )
}
