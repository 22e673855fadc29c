import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { unmask } from '../../api/fragments'
import { send } from '../../api/send'
import { useAction } from '../../api/useAction'
import { DeleteExpense, type ExpensePartsFragment, RestoreExpense } from './documents.generated'
import { acceptGroup } from '../groups'
import { useNotify } from '../../ui/Notices'

type Versioned = Pick<ExpensePartsFragment, 'id' | 'version'>

const variablesOf = ({ id, version }: Versioned) => ({ id, expectedVersion: version })

/** Brings a deleted expense back, and says how that went: the dialog it was asked in may be gone. */
export function useRestore() {
  const client = useApolloClient()
  const notify = useNotify()
  return async (expense: Versioned): Promise<void> => {
    const { data, refusal } = await send(client, RestoreExpense, variablesOf(expense))
    if (data) acceptGroup(client.cache, data.restoreExpense.group)
    notify(refusal?.message ?? t`Expense restored`)
  }
}

/** Deletes an expense at once and offers to take that back. */
export function useDelete(onDeleted: () => void, onStale: () => void) {
  const { cache } = useApolloClient()
  const notify = useNotify()
  const restore = useRestore()
  const { run, busy, refusal } = useAction(DeleteExpense)

  async function remove(expense: Versioned): Promise<void> {
    const data = await run(variablesOf(expense), ({ code }) => {
      if (code === 'STALE_VERSION') onStale()
    })
    if (!data) return
    acceptGroup(cache, data.deleteExpense.group)
    const undo = () => void restore(unmask<ExpensePartsFragment>(data.deleteExpense))
    notify(t`Expense deleted`, { label: t`Undo`, run: undo })
    onDeleted()
  }

  return { remove, busy, refusal }
}
