import { t } from '@lingui/core/macro'
import { skipToken, useQuery } from '@apollo/client/react'
import { unmask } from '../../api/fragments'
import { useRefetchOn } from '../../api/useRefetchOn'
import { formatDay, formatRange, lastOfMonth, today } from '../../lib/dates'
import { formatMoney } from '../../lib/money'
import { SkeletonRows, Unavailable } from '../../ui/states'
import { Columns } from './charts/Columns'
import { GroupWeeks, OwnWeeks, type WeekRowFragment } from './documents.generated'
import type { DrillDown } from './drillDown'
import { Numbers } from './Numbers'
import type { Scope } from './scope'
import { addDays, type Range } from './span'

// A year: more columns are told apart by nobody.
const MOST_DAYS = 52 * 7

interface WeeksProps {
  scope: Scope
  currency: string
  /** The last month of the report. */
  last: string | undefined
  list: DrillDown
}

/** Spending over the weeks of the report, at most a year of them. */
export function Weeks({ scope, currency, last, list }: WeeksProps) {
  const { groupId, version, from } = scope
  const range = rangeOf(last, from)
  const ofGroup = useQuery(
    GroupWeeks,
    groupId ? { variables: { id: groupId, ...range } } : skipToken,
  )
  const own = useQuery(OwnWeeks, groupId ? skipToken : { variables: range })
  useRefetchOn(version, ofGroup.refetch)
  const asked = groupId ? ofGroup : own
  const found = ofGroup.data?.group?.weeks ?? own.data?.me.weeks
  if (!found) {
    if (asked.loading) return <SkeletonRows rows={3} label={t`Loading the weeks`} />
    return (
      <Unavailable
        what={t`The weeks are not available right now.`}
        onRetry={() => void asked.refetch()}
      />
    )
  }
  const columns = unmask<WeekRowFragment>(found)
    .filter(({ total }) => total.currency === currency)
    .map(({ week, total }) => {
      const days = { from: week, to: addDays(week, 6) }
      const range = formatRange(days.from, days.to)
      const name = `${range}: ${formatMoney(total)}`
      return {
        ...{ key: week, label: formatDay(week), range, total },
        ...{ name, tip: name, to: list(days) },
      }
    })
  return (
    <>
      <Columns name={t`Spending by week`} columns={columns} currency={currency} />
      <Numbers
        choice
        caption={t`Spending by week`}
        head={[t`Week`, t`Spent`]}
        rows={columns.map(({ range, total, to }) => ({
          name: range,
          numbers: [formatMoney(total)],
          to,
        }))}
      />
    </>
  )
}

/** Up to the end of the last month, but not beyond today. */
function rangeOf(last: string | undefined, from: string | undefined): Range {
  const now = today()
  const end = last ? lastOfMonth(last) : now
  const to = end < now ? end : now
  const earliest = addDays(to, -MOST_DAYS)
  return { from: from && from > earliest ? from : earliest, to }
}
