import { useApolloClient, useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { readRefusal } from '../../api/refusal'
import { useAction } from '../../api/useAction'
import { useActionForm } from '../../api/useActionForm'
import { SendButton } from '../../api/SendButton'
import { Dialog, DialogFooter } from '../../ui/Dialog'
import { FormError } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { Failure, SkeletonRows } from '../../ui/states'
import { useDialog } from '../../ui/useDialog'
import type { GroupContext, People } from '../groups'
import { acceptPayment } from './accept'
import { AmountFields } from './AmountFields'
import { detailOf, type Payment } from './detail'
import { EditPayment, ShownPayment } from './documents.generated'
import { checked, formOf, PLACES, readPayment, type PaymentForm } from './form'
import { Paid } from './Paid'

/** Mends a payment, starting from how it is now. */
export function EditPaymentDialog({ people }: GroupContext) {
  const { params, close } = useDialog()
  const id = params.get('payment') ?? ''
  const { data, error, refetch } = useQuery(ShownPayment, {
    variables: { id },
    fetchPolicy: 'network-only',
  })
  const payment = data?.payment && detailOf(data.payment)
  return (
    <Dialog title={t`Edit payment`} onClose={close}>
      {payment && (
        <EditForm
          key={payment.version}
          given={payment}
          people={people}
          onStale={() => void refetch()}
          onDone={close}
        />
      )}
      {!data && !error && <SkeletonRows rows={3} label={t`Loading the payment`} />}
      {!payment && (error ?? data) && (
        <Failure title={t`This payment cannot be shown`} onRetry={() => void refetch()}>
          {error ? readRefusal(error).message : t`It does not exist, or is not yours to see.`}
        </Failure>
      )}
    </Dialog>
  )
}

interface EditFormProps {
  given: Payment
  people: People
  onStale: () => void
  onDone: () => void
}

function EditForm({ given, people, onStale, onDone }: EditFormProps) {
  const { cache } = useApolloClient()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(EditPayment)
  const form = useActionForm({
    defaultValues: formOf(given),
    resolver: checked,
    refusal,
    places: PLACES,
  })

  async function save(typed: PaymentForm) {
    const { body } = readPayment(typed)
    if (!body) return
    const { amount, settles, method, date, note } = body
    const changes = { amount, settles, method, date, note }
    const input = { id: given.id, expectedVersion: given.version, ...changes }
    const data = await run({ input }, ({ code }) => {
      if (code === 'STALE_VERSION') onStale()
    })
    if (!data) return
    acceptPayment(cache, data.editPayment)
    notify(t`Payment changed`)
    onDone()
  }

  return (
    <form onSubmit={form.onSubmit(save)} className="grid gap-5" noValidate>
      <p className="font-semibold">
        <Paid from={given.from.id} to={given.to.id} people={people} />
      </p>
      <AmountFields form={form} owed={(given.settles ?? given.amount).currency} />
      {given.confirmedAt && (
        <p className="text-sm text-faint">
          <Trans>The receiver is asked anew to confirm it.</Trans>
        </p>
      )}
      <DialogFooter>
        <FormError>{form.general}</FormError>
        <SendButton busy={busy}>
          <Trans>Save changes</Trans>
        </SendButton>
      </DialogFooter>
    </form>
  )
}
