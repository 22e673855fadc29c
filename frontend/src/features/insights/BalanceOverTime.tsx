import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@apollo/client/react'
import { unmask } from '../../api/fragments'
import { useRefetchOn } from '../../api/useRefetchOn'
import { formatMonth, formatShortMonth, today } from '../../lib/dates'
import { formatMoney, type Money } from '../../lib/money'
import { useGroup } from '../groups'
import {
  type BalanceThenFragment,
  GroupBalances,
  type GroupBalancesQuery,
} from './balances.generated'
import { Balances } from './charts/Balances'
import { daysOf, type DrillDown } from './drillDown'
import { endsOfMonths, monthsUpTo } from './months'
import { Numbers } from './Numbers'

interface BalanceOverTimeProps {
  currency: string
  list: DrillDown
}

interface BalanceThen {
  month: string
  net: Money
}

/** What the viewer owed or was owed at the end of each month of a year, in one currency. */
export function BalanceOverTime({ currency, list }: BalanceOverTimeProps) {
  const { group, people } = useGroup()
  const last = today().slice(0, 7)
  const { data, refetch } = useQuery(GroupBalances, {
    variables: { id: group.id, ...endsOfMonths(last) },
  })
  useRefetchOn(group.ledgerVersion, refetch)
  const balances = data?.group && balancesOf(data.group, last, people.viewerId, currency)
  // One month alone is what the head of the page says already.
  if (!balances || balances.length < 2) return null
  return (
    <section className="card min-w-0 p-4 lg:col-span-2 print:break-inside-auto!">
      <h2 className="text-lg">
        <Trans>Your balance</Trans>
      </h2>
      <p className="mb-3 text-sm text-muted">
        <Trans>At the end of each month, with what was entered until then.</Trans>
      </p>
      <Balances
        name={t`Your balance at the end of each month`}
        currency={currency}
        columns={balances.map(({ month, net }) => {
          const name = `${formatMonth(month)}: ${formatMoney(net, { signed: true })}`
          return {
            ...{ key: month, label: formatShortMonth(month), net },
            ...{ name, tip: name, to: list(daysOf(month)) },
          }
        })}
      />
      <Numbers
        choice
        caption={t`Your balance at the end of each month`}
        head={[t`Month`, t`Balance`]}
        rows={balances.map(({ month, net }) => ({
          name: formatMonth(month),
          numbers: [formatMoney(net, { signed: true })],
          to: list(daysOf(month)),
        }))}
      />
    </section>
  )
}

/** From the first month with a balance on. */
function balancesOf(
  group: NonNullable<GroupBalancesQuery['group']>,
  last: string,
  viewer: string,
  currency: string,
): BalanceThen[] {
  const balances = monthsUpTo(last).map(([slot, month]) => {
    const rows = unmask<BalanceThenFragment>(group[`m${slot}`] ?? [])
    const own = rows.find(({ member, net }) => member.id === viewer && net.currency === currency)
    return { month, net: own?.net }
  })
  const first = balances.findIndex(({ net }) => net)
  if (first < 0) return []
  return balances.slice(first).flatMap(({ month, net }) => (net ? [{ month, net }] : []))
}
