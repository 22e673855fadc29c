import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { readRefusal } from '../../api/refusal'
import { SendButton } from '../../api/SendButton'
import { useDialog } from '../../ui/useDialog'
import { today } from '../../lib/dates'
import { contentOf, emptyForm, ExpenseFields, ExpenseFormFrame, useExpenseForm } from '../expenses'
import type { DraftPartsFragment } from './documents.generated'
import type { GroupContext } from '../groups'
import { Dialog } from '../../ui/Dialog'
import { Failure, SkeletonRows } from '../../ui/states'
import { Problems } from './DraftContent'
import { formOfDraft } from './form'
import { useConfirm } from './useDecision'
import { useDraft } from './useDraft'

/** Corrects or completes a draft, and makes it an expense. */
export function DraftDialog({ group, people }: GroupContext) {
  const { params, close } = useDialog()
  const { draft, error, retry } = useDraft(params.get('draft') ?? '')
  const known = draft !== undefined && draft?.status !== 'PENDING'
  return (
    <Dialog title={t`Edit the draft`} onClose={close}>
      {draft && known && <DraftForm given={draft} {...{ group, people }} onDone={close} />}
      {!known && !error && <SkeletonRows rows={4} label={t`Loading the draft`} />}
      {!draft && (error ?? known) && (
        <Failure title={t`This draft cannot be edited`} onRetry={retry}>
          {error ? readRefusal(error).message : t`It does not exist, or is not yours to see.`}
        </Failure>
      )}
    </Dialog>
  )
}

interface DraftFormProps extends Pick<GroupContext, 'group' | 'people'> {
  given: DraftPartsFragment
  onDone: () => void
}

function DraftForm({ given, group, people, onDone }: DraftFormProps) {
  const [draft] = useState(given)
  const { confirm, busy, refusal } = useConfirm()
  const members = people.active
  const ids = members.map(({ id }) => id)
  const { element, fields, reading, general, submit, resumed, startOver, finish } = useExpenseForm({
    initial: () => formOfDraft(draft, ids, emptyForm(group.currency, today(), people.viewerId)),
    members: ids,
    groupCurrency: group.currency,
    refusal,
    keptAs: draft.id,
  })

  async function save() {
    // All of it: the person has looked at the form, not at what was read.
    if (!(await confirm(draft, contentOf(reading)))) return
    finish()
    onDone()
  }

  return (
    <ExpenseFormFrame
      element={element}
      onSubmit={submit(save)}
      error={general}
      resumed={resumed}
      onStartOver={startOver}
      actions={
        <SendButton busy={busy}>
          <Trans>Add expense</Trans>
        </SendButton>
      }
    >
      <Problems draft={draft} />
      <ExpenseFields {...fields} {...{ people, members }} />
    </ExpenseFormFrame>
  )
}
