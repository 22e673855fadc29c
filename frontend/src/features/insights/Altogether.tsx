import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { formatDay } from '../../lib/dates'
import { convert, fromMinor, rateUnits, sum, toMinor, type Money } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { useRates } from '../rates'
import { Comparison, type Before } from './Comparison'

interface AltogetherProps {
  /** What was spent, a row per currency. */
  total: readonly Money[]
  /** What it is compared with. */
  before: Before | undefined
  /** The currency of the person. */
  to: string
}

/**
 * What the viewer spent in several currencies as one amount, at the reference rates of today. The range before is
 * converted at the same rates: what differs is what was spent, not what money was worth.
 */
export function Altogether({ total, before, to }: AltogetherProps) {
  const currencies = new Set([...total, ...(before?.total ?? [])].map(({ currency }) => currency))
  const foreign = [...currencies].filter((currency) => currency !== to).sort()
  const rates = useRates(foreign, to)
  if (foreign.length === 0 || total.length === 0 || !rates) return null
  const inOne = (moneys: readonly Money[]) => {
    const minors = moneys.map((money) => {
      const rate = rates.get(money.currency)
      return rate
        ? convert(toMinor(money), money.currency, rateUnits(rate.rate), to)
        : toMinor(money)
    })
    return fromMinor(sum(minors), to)
  }
  const whole = inOne(total)
  const [day = ''] = [...rates.values()].map((rate) => rate.day).sort()
  const shown = formatDay(day)
  return (
    <section aria-label={t`Altogether in ${to}`} className="card grid gap-1 p-4">
      <h2 className="text-lg">
        <Trans>Altogether in {to}</Trans>
      </h2>
      <p className="font-display text-3xl font-semibold">
        {'≈ '}
        <Amount money={whole} />
      </p>
      {before && <Comparison total={whole} before={{ ...before, total: [inOne(before.total)] }} />}
      <p className="text-sm text-faint">
        <Trans>At the reference rates of {shown}, to get an idea.</Trans>
      </p>
    </section>
  )
}
