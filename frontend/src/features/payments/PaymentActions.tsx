import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Check, CircleAlert, Pencil, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { unmask } from '../../api/fragments'
import { useAction } from '../../api/useAction'
import { useActionForm } from '../../api/useActionForm'
import { SendButton } from '../../api/SendButton'
import { filled } from '../../lib/filled'
import { Button, LinkButton } from '../../ui/Button'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { FormError, TextField } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { dialogLink } from '../../ui/useDialog'
import { type GroupContext, type GroupLiveFragment, whyNotEditable } from '../groups'
import { acceptPayment } from './accept'
import type { Payment } from './detail'
import { ConfirmPayment, DisputePayment, VoidPayment } from './documents.generated'
import { permissionsOf } from './permission'
import { paymentOf } from './proposal'

interface PaymentProps {
  payment: Payment
}

interface PaymentActionsProps extends PaymentProps, Pick<GroupContext, 'group' | 'people'> {
  onClose: () => void
}

/** What the viewer can do with a payment: say that it came, or did not, or mend it. */
export function PaymentActions({ payment, group, people, onClose }: PaymentActionsProps) {
  const [task, setTask] = useState<'dispute' | 'withdraw'>()
  const { confirm, dispute, correct } = permissionsOf(payment, people.viewerId)
  const done = () => {
    setTask(undefined)
  }
  if (group.archivedAt)
    return <p className="text-center text-sm text-muted">{whyNotEditable(group)}</p>
  if (task === 'dispute') return <DisputeForm payment={payment} onDone={done} />
  return (
    <footer className="grid gap-3">
      {confirm && <ConfirmButton payment={payment} />}
      <div className="grid gap-3 sm:auto-cols-fr sm:grid-flow-col">
        {dispute && (
          <Button
            look="secondary"
            icon={<CircleAlert size={18} aria-hidden="true" />}
            onClick={() => {
              setTask('dispute')
            }}
          >
            <Trans>Dispute</Trans>
          </Button>
        )}
        {correct && (
          <>
            <Button
              look="secondary"
              icon={<RotateCcw size={18} aria-hidden="true" />}
              onClick={() => {
                setTask('withdraw')
              }}
            >
              <Trans>Withdraw</Trans>
            </Button>
            <LinkButton
              {...dialogLink('edit-payment', { payment: payment.id })}
              look="secondary"
              icon={<Pencil size={18} aria-hidden="true" />}
            >
              <Trans>Edit</Trans>
            </LinkButton>
          </>
        )}
      </div>
      {task === 'withdraw' && <WithdrawDialog payment={payment} onDone={onClose} onClose={done} />}
    </footer>
  )
}

function ConfirmButton({ payment: { id } }: PaymentProps) {
  const { cache } = useApolloClient()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(ConfirmPayment)

  async function confirm() {
    const data = await run({ id })
    if (!data) return
    acceptPayment(cache, data.confirmPayment)
    notify(t`Payment confirmed`)
  }

  return (
    <>
      <FormError>{refusal?.message}</FormError>
      <Button
        busy={busy}
        icon={<Check size={18} aria-hidden="true" />}
        onClick={() => void confirm()}
      >
        <Trans>I have received it</Trans>
      </Button>
    </>
  )
}

/** Marks a payment, which counts until the two have settled what is not right. */
function DisputeForm({ payment: { id }, onDone }: PaymentProps & { onDone: () => void }) {
  const { cache } = useApolloClient()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(DisputePayment)
  const { field, onSubmit, general } = useActionForm({ defaultValues: { reason: '' }, refusal })

  async function object({ reason }: { reason: string }) {
    const data = await run({ id, reason: reason.trim() })
    if (!data) return
    acceptPayment(cache, data.disputePayment)
    notify(t`Payment disputed`)
    onDone()
  }

  return (
    <form onSubmit={onSubmit(object)} className="grid gap-3" noValidate>
      <TextField
        label={t`What is not right?`}
        autoComplete="off"
        autoFocus
        placeholder={t`Nothing has come yet`}
        hint={t`Everybody in the group sees it. The payment counts until it is settled between you.`}
        {...field('reason', { validate: filled })}
      />
      <FormError>{general}</FormError>
      <div className="grid grid-cols-2 gap-3">
        <Button look="secondary" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
        <SendButton look="danger" busy={busy}>
          <Trans>Dispute</Trans>
        </SendButton>
      </div>
    </form>
  )
}

interface WithdrawDialogProps extends PaymentProps {
  onDone: () => void
  onClose: () => void
}

/** Takes a payment back that should not have been recorded, and offers to record it again. */
function WithdrawDialog({ payment, onDone, onClose }: WithdrawDialogProps) {
  const { cache } = useApolloClient()
  const navigate = useNavigate()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(VoidPayment)

  async function withdraw() {
    const data = await run({ id: payment.id })
    if (!data) return
    const voided = acceptPayment(cache, data.voidPayment)
    const { id } = unmask<GroupLiveFragment>(data.voidPayment.group)
    const again = dialogLink('payment', paymentOf(voided), `/groups/${id}/balances`)
    notify(t`Payment withdrawn`, { label: t`Record again`, run: () => void navigate(again.to) })
    onDone()
  }

  return (
    <ConfirmDialog
      title={t`Withdraw this payment?`}
      action={t`Withdraw`}
      busy={busy}
      error={refusal?.message}
      onConfirm={() => void withdraw()}
      onClose={onClose}
    >
      <Trans>
        It stays in the list, marked as withdrawn, and counts no more: what was owed before it is
        owed again.
      </Trans>
    </ConfirmDialog>
  )
}
