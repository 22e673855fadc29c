import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js'
import type { Appearance } from '@stripe/stripe-js'
import { useEffect, useState, type SubmitEvent } from 'react'
import { currentLocale } from '../../../lib/i18n'
import { ShownAmount } from '../../../api/ShownAmount'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { SkeletonRows } from '../../../ui/states'
import { useIsDark } from '../../../ui/theme'
import { dialogLink } from '../../../ui/useDialog'
import { Price, type Quote, type Started } from './CardOffer'
import { Outcome } from './Outcome'
import { stripeFrom } from './stripe'

interface CardFormProps {
  started: Started
  quote: Quote
  onClose: () => void
}

/** Stripe's form for a started payment, and then what becomes of it. */
export function CardForm({ started, quote, onClose }: CardFormProps) {
  const { clientSecret, publishableKey, scriptUrl, payment } = started
  const [stripe] = useState(() => stripeFrom(scriptUrl, publishableKey))
  const isDark = useIsDark()
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
      <Elements
        stripe={stripe}
        options={{ clientSecret, locale: stripeLocale(), appearance: appearanceFor(isDark) }}
      >
        <CardFields
          quote={quote}
          paymentId={payment.id}
          onSent={() => {
            setIsSent(true)
          }}
        />
      </Elements>
    </div>
  )
}

/** Stripe draws its fields itself, and cannot see what they stand on. */
function appearanceFor(isDark: boolean): Appearance {
  return { theme: isDark ? 'night' : 'stripe', variables: { borderRadius: '12px' } }
}

function stripeLocale() {
  const language = currentLocale().slice(0, 2)
  return language === 'de' || language === 'es' ? language : 'en'
}

interface CardFieldsProps {
  quote: Quote
  paymentId: string
  onSent: () => void
}

function CardFields({ quote, paymentId, onSent }: CardFieldsProps) {
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
    // Some banks want to be visited; they lead back to what became of it.
    const back = new URL(window.location.pathname, window.location.origin)
    back.search = dialogLink('card', { payment: paymentId }).to.search
    const confirmParams = { return_url: back.href }
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
            Pay <ShownAmount of={quote.total} />
          </Trans>
        </span>
      </Button>
    </form>
  )
}
