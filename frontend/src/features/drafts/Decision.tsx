import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { dialogLink } from '../../ui/useDialog'
import type { DraftPartsFragment } from './documents.generated'
import { Button, LinkButton } from '../../ui/Button'
import { FormError } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { useConfirm, useDiscard } from './useDecision'

interface DecisionProps {
  draft: DraftPartsFragment
  onRewrite: (text: string) => void
}

/** What a person can make of a draft that has been read. */
export function Decision(props: DecisionProps) {
  return props.draft.status === 'FAILED' ? <Completion {...props} /> : <Confirmation {...props} />
}

function Confirmation({ draft, onRewrite }: DecisionProps) {
  const { confirm, busy, refusal } = useConfirm()
  return (
    <footer className="grid gap-3">
      <FormError>{refusal?.message}</FormError>
      <div className="flex flex-wrap gap-2">
        <Button busy={busy} onClick={() => void confirm(draft)}>
          <Trans>Add expense</Trans>
        </Button>
        <EditLink draft={draft} look="secondary" />
        <DiscardButton draft={draft} onRewrite={onRewrite} />
      </div>
    </footer>
  )
}

function Completion({ draft, onRewrite }: DecisionProps) {
  const { discard, busy, refusal } = useDiscard()
  return (
    <footer className="grid gap-3">
      <FormError>{refusal?.message}</FormError>
      <div className="flex flex-wrap gap-2">
        <EditLink draft={draft} look="primary" />
        {draft.text && (
          <Button
            look="secondary"
            busy={busy}
            onClick={() => {
              onRewrite(draft.text)
              void discard(draft)
            }}
          >
            <Trans>Change the text</Trans>
          </Button>
        )}
        <DiscardButton draft={draft} onRewrite={onRewrite} />
      </div>
    </footer>
  )
}

interface EditLinkProps extends Pick<DecisionProps, 'draft'> {
  look: 'primary' | 'secondary'
  children?: ReactNode
}

export function EditLink({ draft, look, children = <Trans>Edit</Trans> }: EditLinkProps) {
  return (
    <LinkButton {...dialogLink('draft', { draft: draft.id })} look={look}>
      {children}
    </LinkButton>
  )
}

/** Drops the draft at once. What was written can be had back. */
export function DiscardButton({ draft, onRewrite }: DecisionProps) {
  const notify = useNotify()
  const { discard, busy } = useDiscard()

  async function drop() {
    if (!(await discard(draft))) return
    const undo = () => {
      onRewrite(draft.text)
    }
    notify(t`Draft discarded`, draft.text ? { label: t`Undo`, run: undo } : undefined)
  }

  return (
    <Button look="quiet" busy={busy} onClick={() => void drop()}>
      <Trans>Discard</Trans>
    </Button>
  )
}
