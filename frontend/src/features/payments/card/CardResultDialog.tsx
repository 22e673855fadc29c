import { t } from '@lingui/core/macro'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { Dialog } from '../../../ui/Dialog'
import { useDialog } from '../../../ui/useDialog'
import { Outcome, Refused } from './Outcome'

/** Where a bank that wanted to be visited leads back to: what became of the payment. */
export function CardResultDialog() {
  const { params, close } = useDialog()
  const [, setParams] = useSearchParams()
  const [isRefused] = useState(() => params.get('redirect_status') === 'failed')
  const payment = params.get('payment') ?? ''
  const isTold = params.has('redirect_status')
  useEffect(() => {
    // What Stripe has added would let whoever reads the address pay.
    if (isTold) setParams({ dialog: 'card', payment }, { replace: true })
  }, [isTold, payment, setParams])
  return (
    <Dialog title={t`Pay by card`} onClose={close}>
      {isRefused ? <Refused onClose={close} /> : <Outcome paymentId={payment} onClose={close} />}
    </Dialog>
  )
}
