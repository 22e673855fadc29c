import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { useAction } from '../../api/useAction'
import type { DraftChanges } from '../../api/schema.generated'
import { ConfirmDraft, DiscardDraft, type DraftPartsFragment } from './documents.generated'
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
    acceptDraft(cache, { ...draft, status: 'CONFIRMED' })
    notify(t`Expense added`)
    return true
  }

  return { confirm, busy, refusal }
}

/** Drops a draft. Says whether that worked. */
export function useDiscard() {
  const { cache } = useApolloClient()
  const { run, busy, refusal } = useAction(DiscardDraft)

  async function discard(draft: DraftPartsFragment): Promise<boolean> {
    const data = await run({ id: draft.id })
    if (!data) return false
    acceptDraft(cache, { ...draft, status: 'DISCARDED' })
    return true
  }

  return { discard, busy, refusal }
}
