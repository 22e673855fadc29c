import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { CreditCard } from 'lucide-react'
import { useAction } from '../../../api/useAction'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { ConnectPayouts, Payouts as PayoutsQuery } from './documents.generated'

/** Whether the viewer can be paid by card, and the way to Stripe; nothing where cards are not accepted. */
export function Payouts() {
  const { data } = useQuery(PayoutsQuery, { fetchPolicy: 'network-only' })
  const { run, busy, refusal } = useAction(ConnectPayouts)
  if (!data) return null
  const { payouts } = data

  async function connect() {
    const answer = await run({})
    if (answer) window.location.assign(answer.connectPayouts)
  }

  return (
    <section aria-label={t`Card payments`} className="card grid gap-3 p-4">
      <div className="flex items-center gap-3">
        <CreditCard size={20} className="shrink-0 text-brand" aria-hidden="true" />
        <div>
          <p className="font-semibold">
            <Trans>Card payments</Trans>
          </p>
          <p className="text-sm text-muted">
            {payouts === 'NONE' && (
              <Trans>Stripe pays out to your bank account what others pay by card.</Trans>
            )}
            {payouts === 'INCOMPLETE' && (
              <Trans>Stripe needs more from you before you can be paid by card.</Trans>
            )}
            {payouts === 'READY' && <Trans>You can be paid by card.</Trans>}
          </p>
        </div>
      </div>
      <FormError>{refusal?.message}</FormError>
      {payouts !== 'READY' && (
        <Button look="tonal" busy={busy} onClick={() => void connect()}>
          {payouts === 'NONE' ? (
            <Trans>Receive card payments</Trans>
          ) : (
            <Trans>Continue at Stripe</Trans>
          )}
        </Button>
      )}
    </section>
  )
}
