import { useQuery } from '@apollo/client/react'
import { Trans } from '@lingui/react/macro'
import { useEffect, type ReactNode } from 'react'
import { Button } from '../../../ui/Button'
import { CardPaymentStatus } from './documents.generated'

const POLL_MS = 2000

interface OutcomeProps {
  paymentId: string
  onClose: () => void
}

/** What became of a payment; asks until it is known. */
export function Outcome({ paymentId, onClose }: OutcomeProps) {
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
  if (isOpen) {
    return (
      <Verdict title={<Trans>Waiting for the bank…</Trans>} onClose={onClose} isOpen>
        <Trans>You can close this. The balance changes once the money has moved.</Trans>
      </Verdict>
    )
  }
  if (status === 'FAILED') return <Refused onClose={onClose} />
  return (
    <Verdict title={<Trans>Paid</Trans>} onClose={onClose}>
      <Trans>The balance has changed.</Trans>
    </Verdict>
  )
}

/** The bank said no. */
export function Refused({ onClose }: { onClose: () => void }) {
  return (
    <Verdict title={<Trans>The payment failed</Trans>} onClose={onClose}>
      <Trans>Nothing has changed. You can try again.</Trans>
    </Verdict>
  )
}

interface VerdictProps {
  title: ReactNode
  children: ReactNode
  isOpen?: boolean
  onClose: () => void
}

function Verdict({ title, children, isOpen = false, onClose }: VerdictProps) {
  return (
    <div className="grid gap-5" aria-live="polite">
      <p className="text-center font-display text-2xl font-semibold">{title}</p>
      <p className="text-center text-muted">{children}</p>
      <Button look={isOpen ? 'secondary' : 'primary'} onClick={onClose}>
        <Trans>Close</Trans>
      </Button>
    </div>
  )
}
