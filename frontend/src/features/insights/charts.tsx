import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import { formatMonth, formatShortMonth } from '../../lib/dates'
import { abs, percentOf, toMinor, type Money } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { categoryLabel } from '../expenses'
import { unmask } from '../../api/fragments'
import { GroupName, groupTitle, useGroup } from '../groups'
import type {
  CategoryRowFragment,
  GroupReportQuery,
  MonthRowFragment,
  OwnReportQuery,
} from './documents.generated'

type MemberRow = NonNullable<NonNullable<GroupReportQuery['group']>['report']>['byMember'][number]
type GroupRow = NonNullable<OwnReportQuery['me']['report']>['byGroup'][number]

function largest(moneys: Money[]): bigint {
  return moneys.map((money) => abs(toMinor(money))).reduce((a, b) => (a > b ? a : b), 0n)
}

function bySize(a: { total: Money }, b: { total: Money }): number {
  const difference = toMinor(b.total) - toMinor(a.total)
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}

export function CategoryBars({ rows }: { rows: readonly CategoryRowFragment[] }) {
  const whole = largest(rows.map(({ total }) => total))
  return (
    <section className="card p-4">
      <h2 className="mb-3 text-lg">
        <Trans>By category</Trans>
      </h2>
      <ul className="grid gap-3">
        {[...rows].sort(bySize).map(({ category, total, count }) => (
          <li key={category} className="grid gap-1.5">
            <span className="flex items-baseline gap-2 text-sm">
              <span className="font-semibold">{categoryLabel(category)}</span>
              <span className="grow text-faint">{count}</span>
              <Amount money={total} className="font-semibold" />
            </span>
            <Bar part={total} whole={whole} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Scrolls a list to its end when it appears. */
function showEnd(list: HTMLElement | null): void {
  if (list) list.scrollLeft = list.scrollWidth
}

function Bar({ part, whole }: { part: Money; whole: bigint }) {
  return (
    <span aria-hidden="true" className="block h-1.5 rounded-full bg-tile">
      <span
        className="block h-full min-w-1 rounded-full bg-brand"
        style={{ width: percentOf(toMinor(part), whole) }}
      />
    </span>
  )
}

/** What was spent in which group; each leads there. */
export function GroupBars({ rows }: { rows: readonly GroupRow[] }) {
  const whole = largest(rows.map(({ total }) => total))
  return (
    <section className="card p-4 lg:col-span-2">
      <h2 className="mb-3 text-lg">
        <Trans>By group</Trans>
      </h2>
      <ul className="grid gap-3">
        {[...rows].sort(bySize).map(({ group, total }) => (
          <li key={group.id} className="grid gap-1.5">
            <span className="flex items-baseline gap-2 text-sm">
              <Link
                to={`/groups/${group.id}/insights`}
                className="min-w-0 grow truncate font-semibold hover:underline"
              >
                {groupTitle(unmask(GroupName, group))}
              </Link>
              <Amount money={total} className="font-semibold" />
            </span>
            <Bar part={total} whole={whole} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Spending over the months. Many months scroll sideways, starting with the latest. */
export function MonthColumns({ rows }: { rows: readonly MonthRowFragment[] }) {
  const whole = largest(rows.map(({ total }) => total))
  return (
    <section className="card min-w-0 p-4">
      <h2 className="mb-3 text-lg">
        <Trans>By month</Trans>
      </h2>
      {/* Reached by keyboard, or the months outside could not be scrolled to. */}
      <ol
        ref={showEnd}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="relative flex h-48 items-end gap-2 overflow-x-auto"
      >
        {rows.map(({ month, total }) => (
          <li
            key={month}
            className="grid h-full max-w-24 min-w-16 grow grid-rows-[1fr_auto] gap-1.5"
          >
            <span className="flex flex-col justify-end gap-1 text-center">
              <Amount money={total} className="text-xs text-muted" />
              <span
                aria-hidden="true"
                className="block min-h-0.5 rounded-t-md bg-brand"
                // Four fifths at most: the amount stands above the column.
                style={{ height: `calc(${percentOf(toMinor(total), whole)} * 0.8)` }}
              />
            </span>
            <span className="text-center text-xs text-muted">
              <span aria-hidden="true">{formatShortMonth(month)}</span>
              <span className="sr-only">{formatMonth(month)}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

export function MemberTable({ rows }: { rows: readonly MemberRow[] }) {
  const { people } = useGroup()
  return (
    <section className="card p-4 lg:col-span-2">
      <h2 className="mb-2 text-lg">
        <Trans>By member</Trans>
      </h2>
      <table className="w-full text-sm">
        <thead className="text-left text-muted">
          <tr className="border-b border-line">
            <th className="py-2 font-normal">
              <Trans>Member</Trans>
            </th>
            <th className="py-2 text-right font-normal">
              <Trans>Paid</Trans>
            </th>
            <th className="py-2 text-right font-normal">
              <Trans>Own share</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ member, paid, share }) => (
            <tr key={member.id} className="border-b border-line last:border-0">
              <th scope="row" className="py-2.5 text-left font-semibold">
                {people.label(member.id)}
              </th>
              <td className="py-2.5 text-right">
                <Amount money={paid} />
              </td>
              <td className="py-2.5 text-right">
                <Amount money={share} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
