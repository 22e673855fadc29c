import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ChevronRight } from 'lucide-react'
import { Link } from 'react-router'
import type { GroupContext, People } from '../groups'
import { abs, percentOf, signOf, toMinor, type Money } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { Avatar } from '../../ui/Avatar'
import { Changing } from '../../ui/Changing'
import { classes } from '../../ui/classes'
import { Unavailable } from '../../ui/states'
import { dialogLink } from '../../ui/useDialog'
import { whyParams } from './why/subject'

type BalanceRow = NonNullable<GroupContext['group']['balances']>[number]

/** Every member's balance, leaning left or right of the middle by how much it is. */
export function BalanceList({ group, people, refetch }: GroupContext) {
  if (!group.balances) {
    return (
      <section aria-label={t`Balances`} className="card">
        <Unavailable what={t`Balances are not available right now.`} onRetry={refetch} />
      </section>
    )
  }
  const largest = largestPerCurrency(group.balances)
  return (
    <section aria-label={t`Balances`} className="card p-4">
      <h2 className="mb-2 text-lg">
        <Trans>Balances</Trans>
      </h2>
      {group.balances.length === 0 && (
        <p className="text-sm text-muted">
          <Trans>Nobody owes anything yet.</Trans>
        </p>
      )}
      <ul className="grid gap-0.5">
        {inOrder(group.balances, people).map(({ member, net }) => (
          <li key={`${member.id} ${net.currency}`}>
            <Link
              {...dialogLink(
                'why',
                whyParams({
                  from: member.id,
                  to: undefined,
                  currency: net.currency,
                  perHousehold: false,
                }),
              )}
              className="-mx-2 grid gap-1.5 rounded-xl px-2 py-1.5 transition-colors hover:bg-hover"
            >
              <span className="flex items-center gap-2.5">
                <Avatar
                  name={people.name(member.id)}
                  guest={people.isGuest(member.id)}
                  size="small"
                />
                <span className="min-w-0 grow truncate text-sm font-semibold">
                  {people.label(member.id)}
                </span>
                <Standing net={net} own={people.isViewer(member.id)} />
                <ChevronRight size={15} className="-ml-1 shrink-0 text-faint" aria-hidden="true" />
              </span>
              <Beam net={net} largest={largest.get(net.currency) ?? 0n} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

const WORDS = { '-1': msg`owes`, '0': msg`quits`, '1': msg`gets back` } as const
const OWN_WORDS = { '-1': msg`owe`, '0': msg`quits`, '1': msg`get back` } as const

/** By currency, then always the same people in the same place: rows that move cannot be followed. */
function inOrder(balances: readonly BalanceRow[], people: People): BalanceRow[] {
  const place = new Map(people.everyone.map(({ id }, index) => [id, index]))
  const currencies = [...new Set(balances.map(({ net }) => net.currency))]
  return currencies.flatMap((currency) =>
    balances
      .filter(({ net }) => net.currency === currency)
      .sort((a, b) => (place.get(a.member.id) ?? 0) - (place.get(b.member.id) ?? 0)),
  )
}

function largestPerCurrency(balances: BalanceRow[]): Map<string, bigint> {
  const largest = new Map<string, bigint>()
  for (const { net } of balances) {
    const size = abs(toMinor(net))
    if (size > (largest.get(net.currency) ?? 0n)) largest.set(net.currency, size)
  }
  return largest
}

function Standing({ net, own }: { net: Money; own: boolean }) {
  const words = (own ? OWN_WORDS : WORDS)[signOf(net)]
  return (
    <Changing value={net.amount} className="rounded-md text-right text-sm">
      <span className="text-xs text-muted">{t(words)}</span>{' '}
      {signOf(net) !== 0 && <Amount money={net} directed className="font-semibold" />}
    </Changing>
  )
}

/** A bar from the middle: to the right is owed, to the left owes. */
function Beam({ net, largest }: { net: Money; largest: bigint }) {
  const sign = signOf(net)
  const width = percentOf(toMinor(net), largest)
  return (
    <span aria-hidden="true" className="grid h-1.5 grid-cols-2 rounded-full bg-tile">
      <span className="flex justify-end border-r border-line-strong">
        {sign < 0 && <Bar width={width} className="rounded-l-full bg-minus-bar" />}
      </span>
      <span>{sign > 0 && <Bar width={width} className="rounded-r-full bg-plus-bar" />}</span>
    </span>
  )
}

function Bar({ width, className }: { width: string; className: string }) {
  return (
    <span
      className={classes('block h-full min-w-1 transition-[width] duration-500', className)}
      style={{ width }}
    />
  )
}
