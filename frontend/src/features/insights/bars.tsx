import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { unmask } from '../../api/fragments'
import { formatMoney, percentOf, toMinor, type Money } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { TipLink } from '../../ui/TipLink'
import { useCategoryLabel } from '../expenses'
import { type GroupNameFragment, groupTitle } from '../groups'
import { Bar } from './charts/Bar'
import { bySize, largest } from './charts/scale'
import type { CategoryRowFragment, OwnReportQuery } from './documents.generated'
import type { DrillDown } from './drillDown'
import { Numbers } from './Numbers'
import type { Legend } from './stacks'

type GroupRow = NonNullable<OwnReportQuery['me']['report']>['byGroup'][number]

interface CategoryBarsProps {
  rows: readonly CategoryRowFragment[]
  total: Money
  /** What the categories look like. */
  legend: Legend
  list: DrillDown
}

/** What was spent on what, the most first. */
export function CategoryBars(props: CategoryBarsProps) {
  const { legend, list, total: all } = props
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
              <Bar part={total} whole={whole} tone={legend.toneOf(category)} />
            </TipLink>
          </li>
        ))}
      </ul>
      <Numbers
        caption={t`Spending by category`}
        head={[t`Category`, t`Spent`, t`Expenses`]}
        rows={rows.map(({ category, total, count }) => ({
          name: categoryLabel(category),
          numbers: [formatMoney(total), count.toString()],
        }))}
      />
    </section>
  )
}

function Part({ part, all, count }: { part: Money; all: Money; count: number }) {
  return (
    <>
      <Percent part={part} all={all} /> ·{' '}
      <Plural value={count} one="# expense" other="# expenses" />
    </>
  )
}

function Percent({ part, all }: { part: Money; all: Money }) {
  const share = percentOf(toMinor(part), toMinor(all))
  return <Trans>{share} of all</Trans>
}

interface GroupBarsProps {
  rows: readonly GroupRow[]
  total: Money
  /** Where the expenses of a group are listed. */
  list: (groupId: string) => string
}

/** What was spent in which group, the most first. */
export function GroupBars({ rows, total: all, list }: GroupBarsProps) {
  const whole = largest(rows.map(({ total }) => total))
  return (
    <section className="card min-w-0 p-4">
      <h2 className="mb-2 text-lg">
        <Trans>By group</Trans>
      </h2>
      <ul className="-mx-2 grid">
        {[...rows].sort(bySize).map(({ group, total }) => (
          <li key={group.id}>
            <TipLink
              to={list(group.id)}
              tip={<Percent part={total} all={all} />}
              className="grid gap-1.5 rounded-lg p-2 hover:bg-hover"
            >
              <span className="flex items-baseline gap-2 text-sm">
                <span className="min-w-0 grow truncate font-semibold">
                  {groupTitle(unmask<GroupNameFragment>(group))}
                </span>
                <Amount money={total} className="font-semibold" />
              </span>
              <Bar part={total} whole={whole} />
            </TipLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
