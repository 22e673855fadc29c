import { Trans } from '@lingui/react/macro'
import { formatRange } from '../../lib/dates'
import { fromMinor, toMinor, type Money } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import type { Range } from './span'

/** What was spent in an earlier range, a row per currency. */
export interface Before extends Range {
  total: readonly Money[]
}

/** How much more or less it is than in the range before. */
export function Comparison({ total, before }: { total: Money; before: Before }) {
  const { currency } = total
  const earlier = before.total.find((money) => money.currency === currency)
  const more = toMinor(total) - (earlier ? toMinor(earlier) : 0n)
  const amount = <Amount money={fromMinor(more < 0n ? -more : more, currency)} />
  const range = formatRange(before.from, before.to)
  return (
    <p className="text-sm text-muted">
      {more === 0n && <Trans>as much as in {range}</Trans>}
      {more > 0n && (
        <Trans>
          {amount} more than in {range}
        </Trans>
      )}
      {more < 0n && (
        <Trans>
          {amount} less than in {range}
        </Trans>
      )}
    </p>
  )
}
