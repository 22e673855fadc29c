import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useAction } from '../../api/useAction'
import { useActionForm } from '../../api/useActionForm'
import { SendButton } from '../../api/SendButton'
import { Button } from '../../ui/Button'
import { useNotify } from '../../ui/Notices'
import {
  changesOf,
  ExpenseFields,
  ExpenseFormFrame,
  formOf,
  readForm,
  useExpenseForm,
} from '../expenses'
import type { GroupContext } from '../groups'
import { UpdateSchedule, type ScheduleRowFragment } from './documents.generated'
import { endOf, templateOf, type Rhythm } from './input'
import { RhythmFields } from './RhythmFields'

interface ScheduleFormProps extends Pick<GroupContext, 'group' | 'people'> {
  schedule: ScheduleRowFragment
  onSaved: () => void
  onClose: () => void
}

/** Changes what is still to be entered, from a day on. What was entered before stays. */
export function ScheduleForm(props: ScheduleFormProps) {
  const { group, people, onSaved, onClose } = props
  // What the form was filled from, whatever arrives while somebody types.
  const [schedule] = useState(props.schedule)
  const notify = useNotify()
  const { run, busy, refusal } = useAction(UpdateSchedule)
  const rhythm = useActionForm<Rhythm>({
    defaultValues: rhythmOf(schedule),
    refusal,
    places: { from: 'first' },
  })
  const members = people.active
  const ids = members.map(({ id }) => id)
  const initial = () => formOf(templateOf(schedule), ids)
  const { element, fields, reading, general, submit, resumed, startOver, finish } = useExpenseForm({
    initial,
    members: ids,
    groupCurrency: group.currency,
    refusal,
    keptAs: `${schedule.id}.${schedule.version}`,
  })

  async function save() {
    const { id, version } = schedule
    const before = readForm(initial(), ids, group.currency)
    const changes = { ...changesOf(before, reading), ...rhythmInput(rhythm.getValues()) }
    const done = await run({ input: { ...changes, id, expectedVersion: version } })
    // Somebody else may have been faster.
    onSaved()
    if (!done) return
    finish()
    notify(t`Changed from then on`)
    onClose()
  }

  return (
    <div className="grid gap-4 p-4">
      <ExpenseFormFrame
        element={element}
        onSubmit={submit(save)}
        error={general && rhythm.general}
        resumed={resumed}
        onStartOver={startOver}
        actions={
          <>
            <Button look="quiet" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <SendButton busy={busy}>
              <Trans>Save changes</Trans>
            </SendButton>
          </>
        }
      >
        <ExpenseFields {...fields} {...{ people, members }} />
        <RhythmFields firstLabel={t`Changed from`} field={rhythm.field} />
        <p className="text-sm text-faint">
          <Trans>What was entered before that day stays as it is.</Trans>
        </p>
      </ExpenseFormFrame>
    </div>
  )
}

/** When it is entered from now on. The day that the form of an expense has says nothing about that. */
function rhythmInput({ frequency, every, first, until, count }: Rhythm) {
  return { date: undefined, from: first || null, frequency, every, ...endOf({ until, count }) }
}

function rhythmOf({ frequency, every, until, count, nextDate }: ScheduleRowFragment): Rhythm {
  return {
    frequency,
    every,
    first: nextDate ?? '',
    until: until ?? '',
    count: count?.toString() ?? '',
  }
}
