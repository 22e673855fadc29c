import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { Dialog } from '../../ui/Dialog'
import { SkeletonRows } from '../../ui/states'
import { useDialog } from '../../ui/useDialog'
import type { GroupContext } from '../groups'
import { PayForm } from './pay/PayForm'
import { usePayable } from './pay/usePayable'
import { RecordForm } from './RecordForm'

/** Settles up: pays a proposed transfer where its receiver can be paid, and records what was paid in another way. */
export function NewPaymentDialog(context: GroupContext) {
  const { params, close } = useDialog()
  const { payable, loading } = usePayable(context, params)
  const [other, setOther] = useState(false)
  const receiver = payable ? context.people.name(payable.to.id) : ''
  const paying = payable && !other
  return (
    <Dialog title={paying ? t`Pay ${receiver}` : t`Record a payment`} onClose={close}>
      {loading && <SkeletonRows rows={3} label={t`Loading how you can pay`} />}
      {paying && (
        <PayForm
          payable={payable}
          groupId={context.group.id}
          receiver={receiver}
          onPaid={close}
          onOther={() => {
            setOther(true)
          }}
        />
      )}
      {!loading && !paying && <RecordForm {...context} />}
    </Dialog>
  )
}
