import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ChartNoAxesColumn } from 'lucide-react'
import type { ReactNode } from 'react'
import { unmask, type Masked } from '../../api/fragments'
import { readRefusal } from '../../api/refusal'
import type { Money } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { Empty, Failure, SkeletonRows, Unavailable } from '../../ui/states'
import { CategoryBars } from './bars'
import { Comparison, type Before } from './Comparison'
import type { CategoryRowFragment, MonthRowFragment } from './documents.generated'
import type { DrillDown } from './drillDown'
import { OverTime } from './OverTime'
import type { Scope } from './scope'
import { useLegend } from './stacks'

interface CurrencyReportProps {
  scope: Scope
  total: Money
  /** What the total is. */
  lead: string
  report: { byCategory: Masked<CategoryRowFragment>[]; byMonth: Masked<MonthRowFragment>[] }
  /** Where the expenses behind a mark are listed. */
  list: DrillDown
  /** What it is compared with. */
  before?: Before | undefined
  children?: ReactNode
}

/** The part of a report that is in one currency. */
export function CurrencyReport(props: CurrencyReportProps) {
  const { scope, total, lead, report, list, before, children } = props
  const { currency } = total
  const inCurrency = (row: { total: Money }) => row.total.currency === currency
  const categories = unmask<CategoryRowFragment>(report.byCategory).filter(inCurrency)
  const legend = useLegend(categories)
  return (
    <section
      aria-label={t`Spending in ${currency}`}
      className="grid gap-4 print:block print:space-y-4"
    >
      <header>
        <p className="text-sm text-muted">{lead}</p>
        <p className="font-display text-3xl font-semibold">
          <Amount money={total} />
        </p>
        {before && <Comparison total={total} before={before} />}
      </header>
      <div className="grid items-start gap-4 lg:grid-cols-2 print:block print:space-y-4">
        <OverTime
          scope={scope}
          currency={currency}
          months={unmask<MonthRowFragment>(report.byMonth).filter(inCurrency)}
          legend={legend}
          list={list}
        />
        <CategoryBars rows={categories} total={total} legend={legend} list={list} />
        {children}
      </div>
    </section>
  )
}

interface ReportStatesProps {
  report: object | null | undefined
  error: unknown
  loading: boolean
  onRetry: () => void
}

/** What stands in the place of a report that is not there, or has nothing in it. */
export function ReportStates({ report, error, loading, onRetry }: ReportStatesProps) {
  if (report) {
    return (
      <Empty
        icon={<ChartNoAxesColumn size={26} aria-hidden="true" />}
        title={t`Nothing to report yet`}
      >
        <Trans>Once there are expenses, this shows what they were for, when, and who paid.</Trans>
      </Empty>
    )
  }
  if (loading || !error) return <SkeletonRows rows={5} label={t`Loading the report`} />
  const refusal = readRefusal(error)
  if (refusal.code !== 'UNREACHABLE')
    return <Unavailable what={t`The report is not available right now.`} onRetry={onRetry} />
  return <Failure onRetry={onRetry}>{refusal.message}</Failure>
}
