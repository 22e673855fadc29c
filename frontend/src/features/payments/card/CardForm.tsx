import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js'
import { useEffect, useState, type SubmitEvent } from 'react'
import { currentLocale } from '../../../lib/i18n'
import { Amount } from '../../../ui/Amount'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { SkeletonRows } from '../../../ui/states'
import { Price, type Quote, type Started } from './CardOffer'
import { CardPaymentStatus } from './documents.generated'
import { stripeFrom } from './stripe'

const POLL_MS = 2000

interface CardFormProps {
  started: Started
  quote: Quote
  onClose: () => void
}

/** Stripe's form for a started payment, and then what becomes of it. */
export function CardForm({ started, quote, onClose }: CardFormProps) {
  const { clientSecret, publishableKey, scriptUrl, payment } = started
  const [stripe] = useState(() => stripeFrom(scriptUrl, publishableKey))
  const [isMissing, setIsMissing] = useState(false)
  const [isSent, setIsSent] = useState(false)
  useEffect(() => {
    void stripe.then((loaded) => {
      setIsMissing(!loaded)
    })
  }, [stripe])
  if (isSent) return <Outcome paymentId={payment.id} onClose={onClose} />
  return (
    <div className="grid gap-5">
      <Price quote={quote} />
      {isMissing && (
        <FormError>
          {t`The form of Stripe cannot be loaded. Check your connection and try again.`}
        </FormError>
      )}
      <Elements stripe={stripe} options={{ clientSecret, locale: stripeLocale() }}>
        <CardFields
          quote={quote}
          onSent={() => {
            setIsSent(true)
          }}
        />
      </Elements>
    </div>
  )
}

function stripeLocale() {
  const language = currentLocale().slice(0, 2)
  return language === 'de' || language === 'es' ? language : 'en'
}

function CardFields({ quote, onSent }: { quote: Quote; onSent: () => void }) {
  const stripe = useStripe()
  const elements = useElements()
  const [isReady, setIsReady] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function pay(event: SubmitEvent) {
    event.preventDefault()
    if (!stripe || !elements) return
    setBusy(true)
    setProblem(undefined)
    // Some banks want to be visited; they lead back here.
    const confirmParams = { return_url: window.location.href }
    const { error } = await stripe.confirmPayment({
      elements,
      confirmParams,
      redirect: 'if_required',
    })
    setBusy(false)
    if (error) setProblem(error.message ?? t`The card was not charged.`)
    else onSent()
  }

  return (
    <form className="grid gap-5" onSubmit={(event) => void pay(event)}>
      {!isReady && <SkeletonRows rows={2} label={t`Loading the form for your card`} />}
      <PaymentElement
        onReady={() => {
          setIsReady(true)
        }}
      />
      <FormError>{problem}</FormError>
      <Button type="submit" busy={busy} disabled={!isReady}>
        <span>
          <Trans>
            Pay <Amount money={quote.total} />
          </Trans>
        </span>
      </Button>
    </form>
  )
}

/** What became of a payment, until it is known. */
function Outcome({ paymentId, onClose }: { paymentId: string; onClose: () => void }) {
  const { data, stopPolling } = useQuery(CardPaymentStatus, {
    variables: { id: paymentId },
    fetchPolicy: 'network-only',
    pollInterval: POLL_MS,
  })
  const status = data?.payment?.status ?? 'PENDING'
  const isOpen = status === 'PENDING'
  useEffect(() => {
    if (!isOpen) stopPolling()
  }, [isOpen, stopPolling])
  return (
    <div className="grid gap-5" aria-live="polite">
      <p className="text-center font-display text-2xl font-semibold">
        {isOpen && <Trans>Waiting for the bank…</Trans>}
        {status === 'FAILED' && <Trans>The payment failed</Trans>}
        {!isOpen && status !== 'FAILED' && <Trans>Paid</Trans>}
      </p>
      <p className="text-center text-muted">
        {isOpen && <Trans>You can close this. The balance changes once the money has moved.</Trans>}
        {status === 'FAILED' && <Trans>Nothing has changed. You can try again.</Trans>}
        {!isOpen && status !== 'FAILED' && <Trans>The balance has changed.</Trans>}
      </p>
      <Button look={isOpen ? 'secondary' : 'primary'} onClick={onClose}>
        <Trans>Close</Trans>
      </Button>
    </div>
  )
}
