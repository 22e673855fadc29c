import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { HandCoins } from 'lucide-react'
import type { GroupContext, People } from '../groups'
import { formatDay } from '../../lib/dates'
import { Amount } from '../../ui/Amount'
import { Button } from '../../ui/Button'
import { FormError } from '../../ui/Field'
import { DiscardButton, EditLink } from './Decision'
import type { DraftPartsFragment } from './documents.generated'
import { usePaymentRecording, type DraftedPayment as Payment } from './useDecision'
import { handedOver, sourceOf } from './words'

interface DraftedPaymentProps extends Pick<GroupContext, 'people'> {
  draft: DraftPartsFragment
  payment: Payment
  onRewrite: (text: string) => void
}

/** A sentence about money that one member gave to another: ready to be recorded as a payment. */
export function DraftedPayment({ draft, payment, people, onRewrite }: DraftedPaymentProps) {
  const { record, busy, refusal } = usePaymentRecording()
  return (
    <>
      <Content payment={payment} people={people} />
      <p className="text-sm wrap-anywhere text-faint">{sourceOf(draft)}</p>
      <footer className="grid gap-3">
        <FormError>{refusal?.message}</FormError>
        <div className="flex flex-wrap gap-2">
          <Button busy={busy} onClick={() => void record(draft, payment)}>
            <Trans>Record payment</Trans>
          </Button>
          <EditLink draft={draft} look="secondary">
            <Trans>It is an expense</Trans>
          </EditLink>
          <DiscardButton draft={draft} onRewrite={onRewrite} />
        </div>
      </footer>
    </>
  )
}

function Content({ payment, people }: { payment: Payment; people: People }) {
  return (
    <header className="flex items-center gap-3">
      <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-tile text-muted">
        <HandCoins size={20} aria-hidden="true" />
      </span>
      <div className="min-w-0 grow">
        <h2 className="text-lg wrap-anywhere">{handedOver(payment, people)}</h2>
        <p className="text-sm text-muted">
          {[formatDay(payment.date), t`a payment, no expense`].join(' · ')}
        </p>
      </div>
      <Amount money={payment.amount} className="font-display text-xl font-semibold" />
    </header>
  )
}
