import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState, type SubmitEvent } from 'react'
import { messageAt, readRefusal, type Refusal } from '../../api/refusal'
import type { Frequency } from '../../api/schema.generated'
import { useAction } from '../../api/useAction'
import { newKey } from '../../lib/key'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { FormError, SelectField, TextField } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { Failure, SkeletonRows } from '../../ui/states'
import { useDialog } from '../../ui/useDialog'
import type { GroupContext } from '../groups'
import { CreateSchedule, ExpenseToRepeat } from './documents.generated'
import { scheduleInput, type Repeatable, type Rhythm } from './input'
import { following, rhythmText, unitLabels } from './rhythm'

/** Has an expense entered again and again. */
export function RepeatDialog({ group }: GroupContext) {
  const { params, close } = useDialog()
  const id = params.get('expense') ?? ''
  const { data, error, refetch } = useQuery(ExpenseToRepeat, { variables: { id } })
  const expense = data?.expense
  return (
    <Dialog title={t`Repeat`} onClose={close}>
      {expense && <RepeatForm expense={expense} groupId={group.id} onDone={close} />}
      {!data && !error && <SkeletonRows rows={3} label={t`Loading the expense`} />}
      {!expense && (error ?? data) && (
        <Failure title={t`This expense cannot be shown`} onRetry={() => void refetch()}>
          {error ? readRefusal(error).message : t`It does not exist, or is not yours to see.`}
        </Failure>
      )}
    </Dialog>
  )
}

/** A first day that nobody chose follows the rhythm. */
type Choice = Omit<Rhythm, 'first'> & Partial<Pick<Rhythm, 'first'>>

interface RepeatFormProps {
  expense: Repeatable
  groupId: string
  onDone: () => void
}

function RepeatForm({ expense, groupId, onDone }: RepeatFormProps) {
  const notify = useNotify()
  const { run, busy, refusal } = useAction(CreateSchedule)
  const [key] = useState(newKey)
  const [chosen, setChosen] = useState<Choice>({ frequency: 'MONTHLY', every: 1, until: '' })
  const { frequency, every } = chosen
  const { description, date } = expense
  const rhythm: Rhythm = { first: following(date, frequency, every), ...chosen }

  function change(changes: Partial<Rhythm>) {
    setChosen({ ...chosen, ...changes })
  }

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!(await run({ input: scheduleInput(expense, groupId, rhythm, key) }))) return
    notify(rhythmText(frequency, every))
    onDone()
  }

  const placed = messageAt(refusal, 'date', 'until', 'every')
  return (
    <form onSubmit={submit} className="grid gap-5" noValidate>
      <p className="text-muted">
        <Trans>“{description}” is entered again on its day, paid and split as it is now.</Trans>
      </p>
      <FormError>{placed ? undefined : refusal?.message}</FormError>
      <RhythmFields rhythm={rhythm} change={change} refusal={refusal} />
      <Button type="submit" busy={busy} disabled={!rhythm.first}>
        <Trans>Repeat</Trans>
      </Button>
    </form>
  )
}

interface RhythmFieldsProps {
  rhythm: Rhythm
  change: (changes: Partial<Rhythm>) => void
  refusal: Refusal | undefined
}

function RhythmFields({ rhythm, change, refusal }: RhythmFieldsProps) {
  const { frequency, every, first, until } = rhythm
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
        label={t`First on`}
        type="date"
        error={messageAt(refusal, 'date')}
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
    </div>
  )
}
