import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Check, CircleAlert, Clock, RotateCcw, type LucideIcon } from 'lucide-react'
import type { PaymentStatus } from '../../api/schema.generated'
import { classes } from '../../ui/classes'

type Look = readonly [label: MessageDescriptor, icon: LucideIcon | undefined, colours: string]

const NEUTRAL = 'bg-tile text-muted'
const GOOD = 'bg-plus-soft text-plus'
const OPEN = 'bg-minus-soft text-minus'
const WRONG = 'bg-danger-soft text-danger'

const LOOKS: Record<PaymentStatus, Look> = {
  PENDING: [msg`pending, not counted yet`, Clock, OPEN],
  PROCESSED: [msg`recorded`, undefined, NEUTRAL],
  DISPUTED: [msg`disputed`, CircleAlert, WRONG],
  FAILED: [msg`failed`, CircleAlert, WRONG],
  REFUNDED: [msg`refunded`, RotateCcw, NEUTRAL],
  VOIDED: [msg`withdrawn`, RotateCcw, NEUTRAL],
}
const CONFIRMED: Look = [msg`confirmed`, Check, GOOD]

interface StatusProps {
  payment: { status: PaymentStatus; confirmedAt: string | null }
}

/** How far a payment has come, in a word and a colour. */
export function Status({ payment: { status, confirmedAt } }: StatusProps) {
  const [label, Icon, colours] = status === 'PROCESSED' && confirmedAt ? CONFIRMED : LOOKS[status]
  return (
    <span
      className={classes(
        'inline-flex shrink-0 items-center gap-1 rounded-full px-2 py-0.5 text-xs font-semibold whitespace-nowrap',
        colours,
      )}
    >
      {Icon && <Icon size={13} aria-hidden="true" />}
      {t(label)}
    </span>
  )
}

/** Whether a payment moves the balances. */
export function counts(status: PaymentStatus): boolean {
  return status === 'PROCESSED' || status === 'DISPUTED'
}
