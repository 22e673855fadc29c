import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { signOf, type Money } from '../../lib/money'
import { OwnBalance } from './OwnBalance'

/** The viewer's balances over all groups; null when they are not known right now. */
export function Totals({ balances }: { balances: Money[] | null }) {
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
