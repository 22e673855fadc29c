import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { send } from '../../api/send'
import { useAction } from '../../api/useAction'
import type { SplitInput, UpdateExpenseInput } from '../../api/schema.generated'
import {
  AcceptAdvice,
  DismissAdvice,
  type ExpensePartsFragment,
  UpdateExpense,
} from './documents.generated'
import { useNotify } from '../../ui/Notices'
import { acceptExpense } from './accept'
import { useRestore } from './useDeletion'

type Expense = ExpensePartsFragment

/** The split of a saved expense, where all of it is known. */
function splitOf({ splitMode, shares }: Expense): SplitInput | undefined {
  if (splitMode === 'EQUAL') return { equal: shares.map(({ member }) => member.id) }
  if (splitMode !== 'EXACT') return undefined
  return {
    exact: shares.map(({ member, amount }) => ({ memberId: member.id, amount: amount.amount })),
  }
}

/** What makes an expense again what it was before an advice; undefined where that is not known. */
export function reversalOf(before: Expense, after: Expense): UpdateExpenseInput | undefined {
  const input = { id: after.id, expectedVersion: after.version, category: before.category }
  if (before.advice?.shares.length === 0) return input
  const split = splitOf(before)
  return split && { ...input, split }
}

/** Applies the advice for an expense, which can be taken back, or hides it for good. */
export function useAdvice(expense: Expense, onDone: () => void) {
  const client = useApolloClient()
  const { cache } = client
  const notify = useNotify()
  const restore = useRestore()
  const accepting = useAction(AcceptAdvice)
  const dismissing = useAction(DismissAdvice)

  async function takeBack(input: UpdateExpenseInput): Promise<void> {
    const { data, refusal } = await send(client, UpdateExpense, { input })
    if (data) acceptExpense(cache, data.updateExpense)
    notify(refusal?.message ?? t`The change is taken back`)
  }

  async function accept(): Promise<void> {
    const { id, version } = expense
    const data = await accepting.run({ expenseId: id, expectedVersion: version })
    if (!data) return
    const after = acceptExpense(cache, data.acceptAdvice)
    const reversal = reversalOf(expense, after)
    if (after.deletedAt) {
      notify(t`Expense deleted`, { label: t`Undo`, run: () => void restore(after) })
    } else {
      const undo = reversal && { label: t`Undo`, run: () => void takeBack(reversal) }
      notify(t`Expense changed`, undo)
    }
    onDone()
  }

  async function dismiss(): Promise<void> {
    if (!(await dismissing.run({ expenseId: expense.id }))) return
    cache.modify({ id: cache.identify(expense), fields: { advice: () => null } })
    onDone()
  }

  return {
    accept,
    dismiss,
    busy: accepting.busy || dismissing.busy,
    refusal: accepting.refusal ?? dismissing.refusal,
  }
}
