import { formatRate, inverseRate } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import type { Detail } from './edit'

// Enough to work with; the rate itself is exact.
const SHOWN_DIGITS = 6

/** What an expense in another currency is in that of the group, and the rate in both directions. */
export function Rates({ expense: { total, rate, converted } }: { expense: Detail }) {
  if (!rate || !converted) return null
  const [from, to] = [total.currency, converted.currency]
  return (
    <p className="text-muted">
      <span className="font-semibold text-ink">
        {'= '}
        <Amount money={converted} />
      </span>
      <span className="tabular block text-sm">
        <bdi>
          1 {from} = {formatRate(rate)} {to}
        </bdi>
        {' · '}
        <bdi>
          1 {to} = {formatRate(inverseRate(rate), SHOWN_DIGITS)} {from}
        </bdi>
      </span>
    </p>
  )
}
