import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { formatDay } from '../../../lib/dates'
import { convert, fromMinor, rateUnits, sum, toMinor } from '../../../lib/money'
import { Amount } from '../../../ui/Amount'
import { Avatar } from '../../../ui/Avatar'
import type { GroupContext } from '../../groups'
import { useRates } from '../../rates'

/**
 * What the balances in several currencies come to in the group's own, at the reference rates of today. Only to be looked
 * at: everybody still owes what they owe in its currency.
 */
export function Converted({ group, people }: Pick<GroupContext, 'group' | 'people'>) {
  const to = group.currency
  const balances = group.balances ?? []
  const foreign = [...new Set(balances.map(({ net }) => net.currency))]
    .filter((currency) => currency !== to)
    .sort()
  const rates = useRates(foreign, to)
  if (foreign.length === 0 || !rates) return null
  const inOwn = (net: (typeof balances)[number]['net']) => {
    const rate = rates.get(net.currency)
    return rate ? convert(toMinor(net), net.currency, rateUnits(rate.rate), to) : toMinor(net)
  }
  const totals = people.everyone
    .map(({ id }) => ({ id, own: balances.filter(({ member }) => member.id === id) }))
    .filter(({ own }) => own.length > 0)
    .map(({ id, own }) => ({ id, total: fromMinor(sum(own.map(({ net }) => inOwn(net))), to) }))
  const [day = ''] = [...rates.values()].map((rate) => rate.day).sort()
  const shown = formatDay(day)
  return (
    <section aria-label={t`Altogether in ${to}`} className="card p-4">
      <h2 className="mb-1 text-lg">
        <Trans>Altogether in {to}</Trans>
      </h2>
      <p className="mb-2 text-sm text-faint">
        <Trans>
          At the reference rates of {shown}, to get an idea. Everybody owes what the balances say.
        </Trans>
      </p>
      <ul className="grid gap-2">
        {totals.map(({ id, total }) => (
          <li key={id} className="flex items-center gap-2.5">
            <Avatar name={people.name(id)} guest={people.isGuest(id)} size="small" />
            <span className="min-w-0 grow truncate text-sm font-semibold">{people.label(id)}</span>
            <span className="shrink-0">
              {'≈ '}
              <Amount money={total} directed className="font-semibold" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
