import { t } from '@lingui/core/macro'
import { lazy, Suspense, useState } from 'react'
import { Dialog } from '../../ui/Dialog'
import { SkeletonRows } from '../../ui/states'
import { useDialog } from '../../ui/useDialog'
import type { GroupContext } from '../groups'
import { CardOffer, type Quote, type Started } from './card/CardOffer'
import { PayForm } from './pay/PayForm'
import { usePayable } from './pay/usePayable'
import { RecordForm } from './RecordForm'

const CardForm = lazy(async () => ({ default: (await import('./card/CardForm')).CardForm }))

/** Settles up: pays a proposed transfer where its receiver can be paid, and records what was paid in another way. */
export function NewPaymentDialog(context: GroupContext) {
  const { params, close } = useDialog()
  const { transfer, payable, loading } = usePayable(context, params)
  const [other, setOther] = useState(false)
  const [card, setCard] = useState<{ started: Started; quote: Quote; receiver: string }>()
  const receiver = card?.receiver ?? (transfer ? context.people.name(transfer.to.id) : '')
  if (card) {
    return (
      <Dialog title={t`Pay ${receiver}`} onClose={close}>
        <Suspense fallback={<SkeletonRows rows={3} label={t`Loading the form for your card`} />}>
          <CardForm {...card} onClose={close} />
        </Suspense>
      </Dialog>
    )
  }
  const paying = payable && !other
  return (
    <Dialog title={paying ? t`Pay ${receiver}` : t`Record a payment`} onClose={close}>
      {loading && <SkeletonRows rows={3} label={t`Loading how you can pay`} />}
      <CardOffer
        groupId={context.group.id}
        transfer={transfer}
        onStarted={(started, quote) => {
          setCard({ started, quote, receiver })
        }}
      />
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
