import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { useSession } from '../../api/services'
import { useAction } from '../../api/useAction'
import type { CreateExpenseInput } from '../../api/schema.generated'
import { useKeptKey } from '../../lib/key'
import { useNotify } from '../../ui/Notices'
import { acceptGroup, type GroupContext } from '../groups'
import { CreateExpense } from './documents.generated'
import type { ExpenseForm, Reading } from './form'
import { keepLastSharers } from './lastSharers'
import { outbox, type Waiting } from './outbox'

interface Options extends Pick<GroupContext, 'group' | 'people'> {
  /** The expense in the outbox that is edited, if it is one. */
  waiting: Waiting | undefined
  /** The name under which the form is kept while it is unfinished. */
  keptAs: string
  onDone: () => void
}

/** Saves a new expense: at once, or later from the outbox; under one key either way. */
export function useCreation({ group, people, waiting, keptAs, onDone }: Options) {
  const { cache } = useApolloClient()
  const session = useSession()
  const notify = useNotify()
  const fresh = useKeptKey(keptAs)
  const { run, busy, refusal } = useAction(CreateExpense)
  const idempotencyKey = waiting?.input.idempotencyKey ?? fresh.key

  async function sendNow(input: CreateExpenseInput): Promise<boolean> {
    // The answer may be lost: whoever comes back to the form must not save it a second time.
    if (!waiting) fresh.keep()
    const data = await run({ input }, ({ code }) => {
      // What is entered after this is known to be another one.
      if (code === 'IDEMPOTENCY_KEY_REUSED') fresh.forget()
    })
    if (!data) return false
    acceptGroup(cache, data.createExpense.group)
    outbox.remove(idempotencyKey)
    notify(t`Expense added`)
    return true
  }

  function sendLater(input: CreateExpenseInput, form: ExpenseForm): boolean {
    const userId = session.userId()
    if (!userId) return false
    outbox.put({ userId, input, form })
    notify(t`Kept on this device, and sent later`)
    return true
  }

  /** Resolves with whether it is saved. */
  async function save(form: ExpenseForm, { body, split }: Reading, later: boolean) {
    if (!body || !split) return false
    const input = { ...body, split, groupId: group.id, idempotencyKey }
    const saved = later ? sendLater(input, form) : await sendNow(input)
    if (!saved) return false
    fresh.forget()
    if (form.mode === 'EQUAL') keepLastSharers(people.viewerId, form.without)
    onDone()
    return true
  }

  function remove({ input }: Waiting): void {
    outbox.remove(input.idempotencyKey)
    onDone()
  }

  return { save, remove, busy, refusal: refusal ?? waiting?.refusal, startOver: fresh.renew }
}
