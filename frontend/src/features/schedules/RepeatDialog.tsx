import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { readRefusal } from '../../api/refusal'
import { useAction } from '../../api/useAction'
import { useActionForm } from '../../api/useActionForm'
import { SendButton } from '../../api/SendButton'
import { newKey } from '../../lib/key'
import { Dialog, DialogFooter } from '../../ui/Dialog'
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

interface RepeatFormProps {
  expense: Repeatable
  groupId: string
  onDone: () => void
}

function RepeatForm({ expense, groupId, onDone }: RepeatFormProps) {
  const notify = useNotify()
  const { run, busy, refusal } = useAction(CreateSchedule)
  const [key] = useState(newKey)
  const { description, date } = expense
  const { field, onSubmit, general, formState, getValues, setValue } = useActionForm<Rhythm>({
    defaultValues: {
      frequency: 'MONTHLY',
      every: 1,
      first: following(date, 'MONTHLY', 1),
      until: '',
      count: '',
    },
    refusal,
    places: { date: 'first' },
  })
  const { dirtyFields } = formState

  /** A first day that nobody chose follows the rhythm. */
  function follow() {
    const { frequency, every } = getValues()
    if (!dirtyFields.first) setValue('first', following(date, frequency, every))
  }

  async function repeat(rhythm: Rhythm) {
    if (!(await run({ input: scheduleInput(expense, groupId, rhythm, key) }))) return
    notify(rhythmText(rhythm.frequency, rhythm.every))
    onDone()
  }

  return (
    <form onSubmit={onSubmit(repeat)} className="grid gap-5" noValidate>
      <p className="text-muted">
        <Trans>“{description}” is entered again on its day, paid and split as it is now.</Trans>
      </p>
      <RhythmFields firstLabel={t`First on`} firstNeeded field={field} onPace={follow} />
      <DialogFooter>
        <FormError>{general}</FormError>
        <SendButton busy={busy}>
          <Trans>Repeat</Trans>
        </SendButton>
      </DialogFooter>
    </form>
  )
}
