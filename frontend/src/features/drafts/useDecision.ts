import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { mask } from '../../api/fragments'
import { useAction } from '../../api/useAction'
import type { DraftChanges } from '../../api/schema.generated'
import {
  ConfirmDraft,
  DiscardDraft,
  RecordDraftedPayment,
  type DraftPartsFragment,
} from './documents.generated'
import { acceptGroup } from '../groups'
import { useNotify } from '../../ui/Notices'
import { acceptDraft } from './follow'

/** Makes a draft an expense, as it is or with changes. Says whether that worked. */
export function useConfirm() {
  const { cache } = useApolloClient()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(ConfirmDraft)

  async function confirm(draft: DraftPartsFragment, changes?: DraftChanges): Promise<boolean> {
    // One draft becomes one expense: its id is the key, whoever tries again and wherever.
    const data = await run({ id: draft.id, idempotencyKey: draft.id, changes })
    if (!data) return false
    acceptGroup(cache, data.confirmDraft.group)
    acceptDraft(cache, mask<DraftPartsFragment>({ ...draft, status: 'CONFIRMED' }))
    notify(t`Expense added`)
    return true
  }

  return { confirm, busy, refusal }
}

export type DraftedPayment = NonNullable<DraftPartsFragment['payment']>

/** Records what a sentence says that somebody gave to somebody. Says whether that worked. */
export function usePaymentRecording() {
  const { cache } = useApolloClient()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(RecordDraftedPayment)
  const { discard } = useDiscard()

  async function record(draft: DraftPartsFragment, payment: DraftedPayment): Promise<boolean> {
    const { from, to, amount, date } = payment
    const data = await run({
      input: {
        groupId: draft.group.id,
        fromMemberId: from.id,
        toMemberId: to.id,
        amount: { amount: amount.amount, currency: amount.currency },
        method: 'CASH',
        date,
        note: null,
        // One draft becomes one payment, whoever tries again and wherever.
        idempotencyKey: draft.id,
      },
    })
    if (!data) return false
    acceptGroup(cache, data.recordPayment.group)
    notify(t`Payment recorded`)
    await discard(draft)
    return true
  }

  return { record, busy, refusal }
}

/** Drops a draft. Says whether that worked. */
export function useDiscard() {
  const { cache } = useApolloClient()
  const { run, busy, refusal } = useAction(DiscardDraft)

  async function discard(draft: DraftPartsFragment): Promise<boolean> {
    const data = await run({ id: draft.id })
    if (!data) return false
    acceptDraft(cache, mask<DraftPartsFragment>({ ...draft, status: 'DISCARDED' }))
    return true
  }

  return { discard, busy, refusal }
}
