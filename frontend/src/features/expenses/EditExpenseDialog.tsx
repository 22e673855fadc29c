import { useApolloClient, useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { readRefusal } from '../../api/refusal'
import { useAction } from '../../api/useAction'
import { SendButton } from '../../api/SendButton'
import { useDialog } from '../../ui/useDialog'
import type { GroupContext, People } from '../groups'
import { Dialog } from '../../ui/Dialog'
import { useNotify } from '../../ui/Notices'
import { Failure, SkeletonRows } from '../../ui/states'
import { acceptExpense } from './accept'
import { ExpenseDetail, UpdateExpense } from './documents.generated'
import { changesOf, detailOf, formOf, membersOf, type Detail } from './edit'
import { ExpenseFields } from './ExpenseFields'
import { ExpenseFormFrame } from './ExpenseFormFrame'
import { readForm } from './form'
import { useExpenseForm } from './useExpenseForm'

/** Changes an expense, starting from how it is now. */
export function EditExpenseDialog({ group, people }: GroupContext) {
  const { params, close } = useDialog()
  const id = params.get('expense') ?? ''
  const [overtaken, setOvertaken] = useState(0)
  const { data, error, refetch } = useQuery(ExpenseDetail, {
    variables: { id },
    fetchPolicy: 'network-only',
  })
  const expense = detailOf(data?.expense)

  // Somebody else was faster: the form begins anew from what they saved.
  async function startOver() {
    await refetch()
    setOvertaken((times) => times + 1)
  }

  return (
    <Dialog title={t`Edit expense`} onClose={close}>
      {expense && (
        <EditForm
          key={overtaken}
          given={expense}
          people={people}
          groupCurrency={group.currency}
          overtaken={overtaken > 0}
          onStale={startOver}
          onDone={close}
        />
      )}
      {!data && !error && <SkeletonRows rows={4} label={t`Loading the expense`} />}
      {!expense && (error ?? data) && (
        <Failure title={t`This expense cannot be edited`} onRetry={() => void refetch()}>
          {error ? readRefusal(error).message : t`It does not exist, or is not yours to see.`}
        </Failure>
      )}
    </Dialog>
  )
}

interface EditFormProps {
  given: Detail
  people: People
  groupCurrency: string
  overtaken: boolean
  onStale: () => Promise<void>
  onDone: () => void
}

function overtakenText(): string {
  return t`Somebody changed this expense in the meantime. This is how it is now; make your change again.`
}

function EditForm(props: EditFormProps) {
  const { given, people, groupCurrency, overtaken, onStale, onDone } = props
  // What the form was filled from, whatever is pushed while somebody types.
  const [expense] = useState(given)
  const { cache } = useApolloClient()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(UpdateExpense)
  const members = membersOf(expense, people)
  const ids = members.map(({ id }) => id)
  const { element, fields, reading, general, submit, resumed, startOver, finish } = useExpenseForm({
    initial: () => formOf(expense, ids),
    members: ids,
    groupCurrency,
    refusal,
    keptAs: `${expense.id}.${expense.version}`,
  })

  async function save() {
    const before = readForm(formOf(expense, ids), ids, groupCurrency)
    const changes = changesOf(before, reading)
    if (Object.keys(changes).length > 0) {
      const input = { ...changes, id: expense.id, expectedVersion: expense.version }
      const data = await run({ input }, ({ code }) => {
        if (code !== 'STALE_VERSION') return
        finish()
        void onStale()
      })
      if (!data) return
      acceptExpense(cache, data.updateExpense)
      notify(t`Expense changed`)
    }
    finish()
    onDone()
  }

  return (
    <ExpenseFormFrame
      element={element}
      onSubmit={submit(save)}
      error={general ?? (overtaken ? overtakenText() : undefined)}
      resumed={resumed}
      onStartOver={startOver}
      actions={
        <SendButton busy={busy}>
          <Trans>Save changes</Trans>
        </SendButton>
      }
    >
      <ExpenseFields {...fields} {...{ people, members }} />
    </ExpenseFormFrame>
  )
}
