import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useOnline } from '../../api/connection'
import { today } from '../../lib/dates'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { useDialog } from '../../ui/useDialog'
import type { GroupContext } from '../groups'
import { ExpenseFields } from './ExpenseFields'
import { ExpenseFormFrame } from './ExpenseFormFrame'
import { emptyForm, type ExpenseForm } from './form'
import type { Waiting } from './outbox'
import { PresetChips } from './presets/PresetChips'
import { SavePreset } from './presets/SavePreset'
import { isPassing } from './sendWaiting'
import { useCreation } from './useCreation'
import { useExpenseForm } from './useExpenseForm'
import { useGuess } from './useGuess'
import { useWaiting } from './useWaiting'

/** Adds an expense, or changes one that waits on this device to be sent. */
export function NewExpenseDialog(context: GroupContext) {
  const { params } = useDialog()
  return <NewExpense key={params.get('waiting')} {...context} />
}

function NewExpense(context: GroupContext) {
  const { params, close } = useDialog()
  const waitingFor = params.get('waiting')
  const listed = useWaiting(context.group.id).find(
    ({ input }) => input.idempotencyKey === waitingFor,
  )
  // If the outbox sends the expense while its form is open, the form keeps its key: saving must not create another one.
  const [opened] = useState(listed)
  const waiting = listed ?? opened
  const title = waiting ? t`Waiting to be sent` : t`Add an expense`
  return (
    <Dialog title={title} onClose={close}>
      <NewExpenseForm
        {...context}
        initial={() => emptyForm(context.group.currency, today(), context.people.viewerId)}
        keptAs={context.people.viewerId}
        beginsWithDefault
        waiting={waiting}
        onDone={close}
      />
    </Dialog>
  )
}

interface NewExpenseFormProps extends GroupContext {
  /** What the form begins with. */
  initial: () => ExpenseForm
  /** The name under which it is kept while it is unfinished. */
  keptAs: string
  /** Begin with the default split and payer of the group. */
  beginsWithDefault?: boolean
  waiting?: Waiting | undefined
  onDone: () => void
}

/** The form of an expense that is not saved yet. */
export function NewExpenseForm(props: NewExpenseFormProps) {
  const { group, people, initial, keptAs, beginsWithDefault, waiting, onDone } = props
  const online = useOnline()
  const creation = useCreation({ group, people, waiting, keptAs, onDone })
  const members = people.active
  const { element, fields, beginWith, ...entry } = useExpenseForm({
    // One that has been waiting since an older version of the app may lack a field.
    initial: () => ({ ...initial(), ...waiting?.form }),
    members: members.map(({ id }) => id),
    groupCurrency: group.currency,
    refusal: creation.refusal,
    keptAs: waiting?.input.idempotencyKey ?? keptAs,
  })
  const { reading, general, submit, resumed, startOver, finish } = entry
  const guess = useGuess(fields.form.description, !fields.form.category)
  const unreachable = creation.refusal && isPassing(creation.refusal)
  const save = async (later: boolean) => {
    if (await creation.save(fields.form, reading, later)) finish()
  }

  return (
    <ExpenseFormFrame
      element={element}
      onSubmit={submit(() => save(!online))}
      error={general}
      resumed={resumed}
      onStartOver={() => {
        startOver()
        creation.startOver()
      }}
      actions={
        <div className="grid auto-cols-fr grid-flow-col gap-3">
          {waiting && (
            <Button
              look="secondary"
              onClick={() => {
                finish()
                creation.remove(waiting)
              }}
            >
              <Trans>Remove</Trans>
            </Button>
          )}
          {online && unreachable && (
            <Button look="secondary" onClick={() => void save(true)}>
              <Trans>Send it later</Trans>
            </Button>
          )}
          <Button type="submit" busy={creation.busy}>
            {online ? <Trans>Add expense</Trans> : <Trans>Save offline, send later</Trans>}
          </Button>
        </div>
      }
    >
      <PresetChips
        {...{ groupId: group.id, people }}
        form={fields.form}
        change={fields.change}
        onDefault={beginsWithDefault && !resumed && !waiting ? beginWith : undefined}
      />
      <ExpenseFields {...fields} {...{ people, members, guess }} />
      <SavePreset groupId={group.id} viewerId={people.viewerId} {...fields} />
    </ExpenseFormFrame>
  )
}
