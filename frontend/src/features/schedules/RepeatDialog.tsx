import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState, type SubmitEvent } from 'react'
import { messageAt, readRefusal } from '../../api/refusal'
import { useAction } from '../../api/useAction'
import { newKey } from '../../lib/key'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { FormError } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { Failure, SkeletonRows } from '../../ui/states'
import { useDialog } from '../../ui/useDialog'
import type { GroupContext } from '../groups'
import { CreateSchedule, ExpenseToRepeat } from './documents.generated'
import { scheduleInput, type Repeatable, type Rhythm } from './input'
import { following, rhythmText } from './rhythm'
import { RhythmFields } from './RhythmFields'

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
  const [chosen, setChosen] = useState<Choice>({
    frequency: 'MONTHLY',
    every: 1,
    until: '',
    count: '',
  })
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

  const placed = messageAt(refusal, 'date', 'until', 'count', 'every')
  return (
    <form onSubmit={submit} className="grid gap-5" noValidate>
      <p className="text-muted">
        <Trans>“{description}” is entered again on its day, paid and split as it is now.</Trans>
      </p>
      <FormError>{placed ? undefined : refusal?.message}</FormError>
      <RhythmFields firstLabel={t`First on`} rhythm={rhythm} change={change} refusal={refusal} />
      <Button type="submit" busy={busy} disabled={!rhythm.first}>
        <Trans>Repeat</Trans>
      </Button>
    </form>
  )
}
