import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { BellRing } from 'lucide-react'
import { useAction } from '../../../api/useAction'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { Remind } from './documents.generated'

interface RemindButtonProps {
  groupId: string
  memberId: string
  name: string
  onReminded?: () => void
}

/** Reminds somebody who is to pay the viewer; once a day. */
export function RemindButton({ groupId, memberId, name, onReminded }: RemindButtonProps) {
  const notify = useNotify()
  const { run, busy, refusal } = useAction(Remind)
  const tooSoon =
    refusal?.code === 'RATE_LIMITED'
      ? t`You have reminded ${name} within the last day already.`
      : undefined

  async function remind() {
    if (!(await run({ groupId, memberId }))) return
    notify(t`${name} is reminded`)
    onReminded?.()
  }

  return (
    <>
      <Button
        look="tonal"
        size="small"
        busy={busy}
        aria-label={t`Remind ${name}`}
        icon={<BellRing size={16} aria-hidden="true" />}
        onClick={() => void remind()}
      >
        <Trans>Remind</Trans>
      </Button>
      {refusal && (
        <div className="order-last basis-full">
          <FormError>{tooSoon ?? refusal.message}</FormError>
        </div>
      )}
    </>
  )
}
