import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { signOf, type Money } from '../../lib/money'
import { Skeleton } from '../../ui/states'
import { OwnBalance } from './OwnBalance'

interface TotalsProps {
  /** Undefined while they are loading, null when they are not known right now. */
  balances: Money[] | null | undefined
}

/** The viewer's balances over all groups. */
export function Totals({ balances }: TotalsProps) {
  // What stands below would move under a finger.
  if (balances === undefined) return <Skeleton className="mx-1 h-21 w-48" />
  return (
    <section aria-label={t`Overall`} className="px-1">
      <OwnBalance
        balances={balances && balances.filter((money) => signOf(money) !== 0)}
        size="hero"
      />
      <p className="mt-1 text-sm text-muted">
        <Trans>over all your groups</Trans>
      </p>
    </section>
  )
}
