import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@apollo/client/react'
import { unmask } from '../../api/fragments'
import { useRefetchOn } from '../../api/useRefetchOn'
import { formatMonth, formatShortMonth, today } from '../../lib/dates'
import { formatMoney, percentOf, signOf, toMinor, type Money } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { classes } from '../../ui/classes'
import { TipLink } from '../../ui/TipLink'
import { useGroup } from '../groups'
import {
  type BalanceThenFragment,
  GroupBalances,
  type GroupBalancesQuery,
} from './balances.generated'
import { COLUMN, COLUMNS, showEnd } from './Columns'
import { daysOf, type DrillDown } from './drillDown'
import { endsOfMonths, monthsUpTo } from './months'
import { Numbers } from './Numbers'
import { largest } from './scale'

interface BalanceOverTimeProps {
  currency: string
  list: DrillDown
}

interface Balance {
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
    <section className="card min-w-0 p-4">
      <h2 className="text-lg">
        <Trans>Your balance</Trans>
      </h2>
      <p className="mb-3 text-sm text-muted">
        <Trans>At the end of each month, with what was entered until then.</Trans>
      </p>
      <BalanceColumns balances={balances} list={list} />
      <Numbers
        caption={t`Your balance at the end of each month`}
        head={[t`Month`, t`Balance`]}
        rows={balances.map(({ month, net }) => [
          formatMonth(month),
          formatMoney(net, { signed: true }),
        ])}
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
): Balance[] {
  const balances = monthsUpTo(last).map(([slot, month]) => {
    const rows = unmask<BalanceThenFragment>(group[`m${slot}`] ?? [])
    const own = rows.find(({ member, net }) => member.id === viewer && net.currency === currency)
    return { month, net: own?.net }
  })
  const first = balances.findIndex(({ net }) => net)
  if (first < 0) return []
  return balances.slice(first).flatMap(({ month, net }) => (net ? [{ month, net }] : []))
}

function BalanceColumns({ balances, list }: { balances: Balance[]; list: DrillDown }) {
  const whole = largest(balances.map(({ net }) => net))
  const signs = new Set(balances.map(({ net }) => signOf(net)))
  const halves = classes(
    'grid gap-0',
    signs.has(1) && signs.has(-1) ? 'grid-rows-[1fr_1fr]' : 'grid-rows-[1fr]',
  )
  return (
    <ol ref={showEnd} className={classes(COLUMNS, 'h-48 pt-1')}>
      {balances.map(({ month, net }) => (
        <li key={month} className={COLUMN}>
          <TipLink
            to={list(daysOf(month))}
            tip={`${formatMonth(month)}: ${formatMoney(net, { signed: true })}`}
            className="grid grid-rows-[1fr_auto] gap-1.5 rounded-lg -outline-offset-2 hover:bg-hover"
          >
            <span className={halves}>
              {signs.has(1) && <Half net={net} sign={1} whole={whole} />}
              {(signs.has(-1) || !signs.has(1)) && <Half net={net} sign={-1} whole={whole} />}
            </span>
            <span className="text-center text-xs text-muted">
              <span aria-hidden="true">{formatShortMonth(month)}</span>
              <span className="sr-only">{formatMonth(month)}</span>
            </span>
          </TipLink>
        </li>
      ))}
    </ol>
  )
}

interface HalfProps {
  net: Money
  /** What is owed to the viewer stands above the line, what the viewer owes below it. */
  sign: 1 | -1
  whole: bigint
}

function Half({ net, sign, whole }: HalfProps) {
  const above = sign > 0
  const here = signOf(net) === sign || (above && signOf(net) === 0)
  return (
    <span
      className={classes(
        'flex min-h-0 gap-1 text-center',
        above
          ? 'flex-col justify-end border-b border-line-strong'
          : 'flex-col-reverse justify-end border-t border-line-strong',
      )}
    >
      {here && (
        <>
          <Amount money={net} directed className="text-xs print:text-[0.5rem]" />
          <span
            aria-hidden="true"
            className={classes(
              'block min-h-0.5',
              above ? 'rounded-t-md bg-plus-bar' : 'rounded-b-md bg-minus-bar',
            )}
            style={{ height: `calc(${percentOf(toMinor(net), whole)} * 0.7)` }}
          />
        </>
      )}
    </span>
  )
}
