import { skipToken, useQuery } from '@apollo/client/react'
import { Trans } from '@lingui/react/macro'
import { CreditCard } from 'lucide-react'
import { useAction } from '../../../api/useAction'
import { useIdempotencyKey } from '../../../lib/key'
import { signOf, type Money } from '../../../lib/money'
import { ShownAmount } from '../../../api/ShownAmount'
import { Amount } from '../../../ui/Amount'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import {
  CardQuote,
  StartCardPayment,
  type CardQuoteQuery,
  type StartCardPaymentMutation,
} from './documents.generated'

export type Quote = NonNullable<CardQuoteQuery['cardQuote']>
export type Started = StartCardPaymentMutation['startCardPayment']

interface CardOfferProps {
  groupId: string
  transfer: { to: { id: string }; amount: Money } | undefined
  onStarted: (started: Started, quote: Quote) => void
}

/** Offers to pay a transfer by card, with its fee, where its receiver can be paid so. */
export function CardOffer({ groupId, transfer, onStarted }: CardOfferProps) {
  const idempotencyKey = useIdempotencyKey()
  const { run, busy, refusal } = useAction(StartCardPayment)
  const asked = transfer && {
    groupId,
    toMemberId: transfer.to.id,
    amount: { amount: transfer.amount.amount, currency: transfer.amount.currency },
  }
  const options = asked ? ({ variables: asked, fetchPolicy: 'network-only' } as const) : skipToken
  const quote = useQuery(CardQuote, options).data?.cardQuote
  if (!quote || !asked) return null

  async function start() {
    const data = asked && (await run({ input: { ...asked, idempotencyKey } }))
    if (data && quote) onStarted(data.startCardPayment, quote)
  }

  return (
    <section className="mb-5 grid gap-3 rounded-xl bg-tile p-4">
      <Price quote={quote} />
      <FormError>{refusal?.message}</FormError>
      <Button
        look="tonal"
        busy={busy}
        icon={<CreditCard size={18} aria-hidden="true" />}
        onClick={() => void start()}
      >
        <Trans>Pay by card</Trans>
      </Button>
    </section>
  )
}

/** What the card is charged, and the part of it that is the fee. */
export function Price({ quote: { total, fee, isTest } }: { quote: Quote }) {
  const isFree = signOf(fee) === 0
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="font-semibold">
        <Trans>
          By card: <ShownAmount of={total} />
        </Trans>
      </p>
      <p className="text-sm text-muted">
        {isFree ? (
          <Trans>without a fee</Trans>
        ) : (
          <Trans>
            including a fee of <Amount money={fee} />
          </Trans>
        )}
      </p>
      {isTest && (
        <p className="rounded-full bg-minus-soft px-2 py-0.5 text-xs font-semibold text-minus">
          <Trans>Test mode</Trans>
        </p>
      )}
    </div>
  )
}
