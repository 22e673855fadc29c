import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useForm, useWatch } from 'react-hook-form'
import { messageAt } from '../../api/refusal'
import { useAction } from '../../api/useAction'
import { problemText } from '../../lib/amounts'
import { abs, editMoney, fromMinor, parseMoney, signOf, toMinor } from '../../lib/money'
import { Button } from '../../ui/Button'
import { FormError, TextField } from '../../ui/Field'
import { MoneyField } from '../../ui/MoneyField'
import { useNotify } from '../../ui/Notices'
import { UpdateSchedule, type ScheduleRowFragment } from './documents.generated'
import { endOf, type Rhythm } from './input'
import { RhythmFields } from './RhythmFields'

type Values = Rhythm & { description: string; amount: string }

interface ScheduleFormProps {
  schedule: ScheduleRowFragment
  onSaved: () => void
  onClose: () => void
}

const PLACED = ['description', 'total', 'from', 'every', 'until', 'count']

/** Changes what is still to be entered, from a day on. What was entered before stays. */
export function ScheduleForm({ schedule, onSaved, onClose }: ScheduleFormProps) {
  const { currency } = schedule.total
  const notify = useNotify()
  const { run, busy, refusal } = useAction(UpdateSchedule)
  const { control, register, handleSubmit, setValue, formState } = useForm<Values>({
    defaultValues: valuesOf(schedule),
  })
  const values = useWatch({ control }) as Values

  async function save(changed: Values) {
    if (!(await run({ input: inputOf(schedule, changed) }))) {
      // Somebody else may have been faster.
      onSaved()
      return
    }
    notify(t`Changed from then on`)
    onSaved()
    onClose()
  }

  const amount = register('amount', {
    validate: (text) => {
      const parsed = parseMoney(text, currency)
      return parsed.ok || problemText(parsed.problem, currency)
    },
  })
  return (
    <form
      onSubmit={(event) => void handleSubmit(save)(event)}
      className="grid gap-4 p-4"
      noValidate
    >
      <FormError>{messageAt(refusal, ...PLACED) ? undefined : refusal?.message}</FormError>
      <TextField
        label={t`Description`}
        autoComplete="off"
        error={messageAt(refusal, 'description')}
        {...register('description')}
      />
      <MoneyField
        label={t`Amount`}
        currency={currency}
        error={formState.errors.amount?.message ?? messageAt(refusal, 'total')}
        {...amount}
        value={values.amount}
      />
      <RhythmFields
        firstLabel={t`Changed from`}
        rhythm={values}
        change={(changes) => {
          for (const [key, value] of Object.entries(changes)) setValue(key as keyof Rhythm, value)
        }}
        refusal={refusal}
      />
      <p className="text-sm text-faint">
        <Trans>What was entered before that day stays as it is.</Trans>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={busy}>
          <Trans>Save changes</Trans>
        </Button>
        <Button look="quiet" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  )
}

function valuesOf(schedule: ScheduleRowFragment): Values {
  const { description, total, frequency, every, until, count, nextDate } = schedule
  return {
    description: description ?? '',
    amount: editMoney(abs(toMinor(total)), total.currency),
    frequency,
    every,
    first: nextDate ?? '',
    until: until ?? '',
    count: count?.toString() ?? '',
  }
}

/** What is sent: the total only if it is another one, for it decides what the payers have paid. */
function inputOf({ id, version, total }: ScheduleRowFragment, values: Values) {
  const { description, amount, frequency, every, first, until, count } = values
  const parsed = parseMoney(amount, total.currency)
  const sign = signOf(total) < 0 ? -1n : 1n
  const typed = parsed.ok ? parsed.minor * sign : toMinor(total)
  return {
    id,
    expectedVersion: version,
    from: first || null,
    description: description.trim(),
    frequency,
    every,
    ...endOf({ until, count }),
    ...(typed !== toMinor(total) && { total: fromMinor(typed, total.currency) }),
  }
}
