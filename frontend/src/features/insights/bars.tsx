import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import { unmask } from '../../api/fragments'
import { formatMoney, percentOf, toMinor, type Money } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { TipLink } from '../../ui/TipLink'
import { useCategoryLabel } from '../expenses'
import { type GroupNameFragment, groupTitle } from '../groups'
import type { CategoryRowFragment, OwnReportQuery } from './documents.generated'
import type { DrillDown } from './drillDown'
import { Numbers } from './Numbers'
import { bySize, largest } from './scale'

type GroupRow = NonNullable<OwnReportQuery['me']['report']>['byGroup'][number]

interface CategoryBarsProps {
  rows: readonly CategoryRowFragment[]
  total: Money
  list: DrillDown
}

/** What was spent on what, the most first. */
export function CategoryBars(props: CategoryBarsProps) {
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

export function Bar({ part, whole }: { part: Money; whole: bigint }) {
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
                className="-my-3 min-w-0 grow truncate py-3 font-semibold hover:underline"
              >
                {groupTitle(unmask<GroupNameFragment>(group))}
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
