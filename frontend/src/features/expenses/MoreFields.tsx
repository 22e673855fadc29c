import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { SelectField, TextField } from '../../ui/Field'
import { useCategoryChoices, useCategoryLabel } from './categories'
import type { FormProps } from './fields'

/** What most expenses need no word about: day, category, notes, and whether money came back. */
export function MoreFields(props: FormProps) {
  const { form, change, errors } = props
  return (
    <div className="grid animate-rise gap-4">
      <div className="grid grid-cols-2 gap-3">
        <div data-field="date">
          <TextField
            label={t`Date`}
            type="date"
            error={errors.date}
            value={form.date}
            onChange={(event) => {
              change({ date: event.target.value })
            }}
          />
        </div>
        <Category {...props} />
      </div>
      <div data-field="notes">
        <TextField
          label={t`Notes`}
          optional
          autoComplete="off"
          error={errors.notes}
          value={form.notes}
          onChange={(event) => {
            change({ notes: event.target.value })
          }}
        />
      </div>
      <label className="flex min-h-11 w-fit cursor-pointer items-center gap-2.5 text-sm">
        <input
          type="checkbox"
          className="size-5 accent-brand"
          checked={form.refund}
          onChange={(event) => {
            change({ refund: event.target.checked, minus: false })
          }}
        />
        <Trans>A refund: money came back</Trans>
      </label>
    </div>
  )
}

function Category({ form, change, errors, guess }: FormProps) {
  const label = useCategoryLabel()
  const choices = useCategoryChoices(form.category)
  const guessed = guess ? label(guess) : ''
  return (
    <div data-field="category">
      <SelectField
        label={t`Category`}
        error={errors.category}
        value={form.category}
        onChange={(event) => {
          change({ category: event.target.value })
        }}
      >
        <option value="">{guessed ? t`${guessed} (from the title)` : t`None`}</option>
        {choices.map((category) => (
          <option key={category} value={category}>
            {label(category)}
          </option>
        ))}
      </SelectField>
    </div>
  )
}
