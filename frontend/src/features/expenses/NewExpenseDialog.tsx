import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { SubmitEvent } from 'react'
import { useIdempotencyKey } from '../../lib/key'
import { useAction } from '../../api/useAction'
import { useDialog } from '../../ui/useDialog'
import { today } from '../../lib/dates'
import { acceptGroup, type GroupContext } from '../groups'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { FormError } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { CreateExpense } from './documents.generated'
import { ExpenseFields } from './ExpenseFields'
import { emptyForm } from './form'
import { useExpenseForm } from './useExpenseForm'

export function NewExpenseDialog({ group, people }: GroupContext) {
  const { close } = useDialog()
  const { cache } = useApolloClient()
  const notify = useNotify()
  const idempotencyKey = useIdempotencyKey()
  const { run, busy, refusal } = useAction(CreateExpense)
  const members = people.active
  const { general, markTried, ...fields } = useExpenseForm(
    () => emptyForm(group.currency, today(), people.viewerId),
    members.map(({ id }) => id),
    refusal,
  )

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    markTried()
    const { body, split } = fields.reading
    if (!body || !split) return
    const data = await run({ input: { ...body, split, groupId: group.id, idempotencyKey } })
    if (!data) return
    acceptGroup(cache, data.createExpense.group)
    notify(t`Expense added`)
    close()
  }

  return (
    <Dialog title={t`Add an expense`} onClose={close}>
      <form onSubmit={submit} className="grid gap-5" noValidate>
        <FormError>{general}</FormError>
        <ExpenseFields {...fields} {...{ people, members }} />
        <Button type="submit" busy={busy}>
          <Trans>Add expense</Trans>
        </Button>
      </form>
    </Dialog>
  )
}
