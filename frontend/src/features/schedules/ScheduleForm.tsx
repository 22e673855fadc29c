import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useWatch } from 'react-hook-form'
import { useAction } from '../../api/useAction'
import { useActionForm } from '../../api/useActionForm'
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

/** Changes what is still to be entered, from a day on. What was entered before stays. */
export function ScheduleForm({ schedule, onSaved, onClose }: ScheduleFormProps) {
  const { currency } = schedule.total
  const notify = useNotify()
  const { run, busy, refusal } = useAction(UpdateSchedule)
  const { control, field, onSubmit, general } = useActionForm<Values>({
    defaultValues: valuesOf(schedule),
    refusal,
    places: { from: 'first', total: 'amount' },
  })
  const typed = useWatch({ control, name: 'amount' })

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

  const amount = field('amount', {
    validate: (text) => {
      const parsed = parseMoney(text, currency)
      return parsed.ok || problemText(parsed.problem, currency)
    },
  })
  return (
    <form onSubmit={onSubmit(save)} className="grid gap-4 p-4" noValidate>
      <TextField label={t`Description`} autoComplete="off" {...field('description')} />
      <MoneyField label={t`Amount`} currency={currency} {...amount} value={typed} />
      <RhythmFields firstLabel={t`Changed from`} field={field} />
      <p className="text-sm text-faint">
        <Trans>What was entered before that day stays as it is.</Trans>
      </p>
      <FormError>{general}</FormError>
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
