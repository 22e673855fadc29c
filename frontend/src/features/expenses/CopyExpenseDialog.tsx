import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { readRefusal } from '../../api/refusal'
import { today } from '../../lib/dates'
import { Dialog } from '../../ui/Dialog'
import { Failure, SkeletonRows } from '../../ui/states'
import { useDialog } from '../../ui/useDialog'
import type { GroupContext } from '../groups'
import { ExpenseDetail } from './documents.generated'
import { copyOf, detailOf } from './edit'
import { NewExpenseForm } from './NewExpenseDialog'

/** Adds an expense that begins as a copy of another one, spent today. */
export function CopyExpenseDialog(context: GroupContext) {
  const { params, close } = useDialog()
  const id = params.get('expense') ?? ''
  const { data, error, refetch } = useQuery(ExpenseDetail, { variables: { id } })
  const expense = detailOf(data?.expense)
  return (
    <Dialog title={t`Copy expense`} onClose={close}>
      {expense && (
        <NewExpenseForm
          {...context}
          initial={() => copyOf(expense, context.people, today())}
          keptAs={`copy.${id}`}
          onDone={close}
        />
      )}
      {!data && !error && <SkeletonRows rows={4} label={t`Loading the expense`} />}
      {!expense && (error ?? data) && (
        <Failure title={t`This expense cannot be shown`} onRetry={() => void refetch()}>
          {error ? readRefusal(error).message : t`It does not exist, or is not yours to see.`}
        </Failure>
      )}
    </Dialog>
  )
}
