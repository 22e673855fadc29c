import { Trans } from '@lingui/react/macro'
import { CloudOff, LoaderCircle } from 'lucide-react'
import { useConnection } from '../api/connection'

/** Says why nothing new arrives: no network at all, or pushes that are interrupted. */
export function ConnectionBanner() {
  const connection = useConnection()
  return (
    <div role="status">
      {connection === 'offline' && (
        <p data-banner className="banner bg-ink text-canvas">
          <CloudOff size={16} aria-hidden="true" />
          <Trans>You are offline. What you add is sent later.</Trans>
        </p>
      )}
      {connection === 'interrupted' && (
        <p data-banner className="banner bg-minus-soft text-minus">
          <LoaderCircle size={16} className="animate-spin" aria-hidden="true" />
          <Trans>Live updates are interrupted. Reconnecting…</Trans>
        </p>
      )}
    </div>
  )
}
