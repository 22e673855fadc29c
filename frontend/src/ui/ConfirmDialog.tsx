import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from './Button'
import { Dialog } from './Dialog'
import { FormError } from './Field'

interface ConfirmDialogProps {
  title: string
  /** What it means, before it is done. */
  children: ReactNode
  action: string
  busy: boolean
  error: string | undefined
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that is hard to take back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, busy, error, onConfirm, onClose } = props
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="grid gap-5">
        <p className="text-muted">{children}</p>
        <FormError>{error}</FormError>
        <div className="grid grid-cols-2 gap-3" role="group" aria-label={t`Decision`}>
          <Button look="secondary" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="danger" busy={busy} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
