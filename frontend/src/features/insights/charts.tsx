import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import { unmask } from '../../api/fragments'
import { formatMonth, formatShortMonth, lastOfMonth } from '../../lib/dates'
import { abs, formatMoney, percentOf, toMinor, type Money } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { TipLink } from '../../ui/TipLink'
import { filterSearch, type Filter, useCategoryLabel } from '../expenses'
import { GroupName, groupTitle, useGroup } from '../groups'
import type {
  CategoryRowFragment,
  GroupReportQuery,
  MonthRowFragment,
  OwnReportQuery,
} from './documents.generated'

type MemberRow = NonNullable<NonNullable<GroupReportQuery['group']>['report']>['byMember'][number]
type GroupRow = NonNullable<OwnReportQuery['me']['report']>['byGroup'][number]

/** The address of the expenses behind a mark of a chart. */
export type DrillDown = (filter: Filter) => string

/** Marks lead to the list at `path`, which is narrowed to what the whole report is narrowed to. */
export function drillDown(path: string, whole: Filter): DrillDown {
  return (filter) => path + filterSearch({ ...whole, ...filter })
}

interface ChartProps<Row> {
  rows: readonly Row[]
  list: DrillDown
}

function largest(moneys: Money[]): bigint {
  return moneys.map((money) => abs(toMinor(money))).reduce((a, b) => (a > b ? a : b), 0n)
}

function bySize(a: { total: Money }, b: { total: Money }): number {
  const difference = toMinor(b.total) - toMinor(a.total)
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}

const MARK = 'rounded-lg outline-offset-4 hover:underline'

/** What was spent on what, the most first. */
export function CategoryBars(props: ChartProps<CategoryRowFragment> & { total: Money }) {
  const { list, total: all } = props
  const categoryLabel = useCategoryLabel()
  const rows = [...props.rows].sort(bySize)
  const whole = largest(rows.map(({ total }) => total))
  return (
    <section className="card p-4">
      <h2 className="mb-2 text-lg">
        <Trans>By category</Trans>
      </h2>
      <ul className="-mx-2 grid">
        {rows.map(({ category, total, count }) => (
          <li key={category}>
            <TipLink
              to={list({ category })}
              tip={<Part part={total} all={all} count={count} />}
              className="grid gap-1.5 rounded-lg p-2 hover:bg-hover"
            >
              <span className="flex items-baseline gap-2 text-sm">
                <span className="font-semibold">{categoryLabel(category)}</span>
                <span className="grow text-faint">{count}</span>
                <Amount money={total} className="font-semibold" />
              </span>
              <Bar part={total} whole={whole} />
            </TipLink>
          </li>
        ))}
      </ul>
      <Numbers
        caption={t`Spending by category`}
        head={[t`Category`, t`Spent`, t`Expenses`]}
        rows={rows.map(({ category, total, count }) => [
          categoryLabel(category),
          formatMoney(total),
          count.toString(),
        ])}
      />
    </section>
  )
}

function Part({ part, all, count }: { part: Money; all: Money; count: number }) {
  const share = percentOf(toMinor(part), toMinor(all))
  return (
    <>
      <Trans>{share} of all</Trans> · <Plural value={count} one="# expense" other="# expenses" />
    </>
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

function daysOf(month: string): Filter {
  return { from: `${month}-01`, to: lastOfMonth(month) }
}

/** Spending over the months. Many months scroll sideways, starting with the latest. */
export function MonthColumns({ rows, list }: ChartProps<MonthRowFragment>) {
  const whole = largest(rows.map(({ total }) => total))
  return (
    <section className="card min-w-0 p-4">
      <h2 className="mb-3 text-lg">
        <Trans>By month</Trans>
      </h2>
      <ol ref={showEnd} className="relative flex h-48 items-end gap-2 overflow-x-auto pt-1">
        {rows.map(({ month, total }) => (
          <li key={month} className="grid h-full max-w-24 min-w-16 grow">
            <TipLink
              to={list(daysOf(month))}
              tip={`${formatMonth(month)}: ${formatMoney(total)}`}
              className="grid grid-rows-[1fr_auto] gap-1.5 rounded-lg -outline-offset-2 hover:bg-hover"
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
            </TipLink>
          </li>
        ))}
      </ol>
      <Numbers
        caption={t`Spending by month`}
        head={[t`Month`, t`Spent`]}
        rows={rows.map(({ month, total }) => [formatMonth(month), formatMoney(total)])}
      />
    </section>
  )
}

interface NumbersProps {
  caption: string
  head: readonly string[]
  rows: readonly (readonly string[])[]
}

/** What a picture shows as a table, for readers of screens. */
function Numbers({ caption, head, rows }: NumbersProps) {
  return (
    <table className="sr-only">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name}>{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...numbers]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {numbers.map((number, index) => (
              <td key={head[index + 1]}>{number}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Who paid and who had a share; the numbers lead to the expenses that make them. */
export function MemberTable({ rows, list }: ChartProps<MemberRow>) {
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
              <th scope="row" className="text-left font-semibold">
                <Link to={list({ member: member.id })} className={`${MARK} block py-2.5`}>
                  {people.label(member.id)}
                </Link>
              </th>
              <td className="text-right">
                <Link to={list({ payer: member.id })} className={`${MARK} block py-2.5`}>
                  <Amount money={paid} />
                </Link>
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
