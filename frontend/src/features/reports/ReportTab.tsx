import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ChartNoAxesColumn } from 'lucide-react'
import { readRefusal } from '../../api/refusal'
import { useRefetchOn } from '../../api/useRefetchOn'
import { useGroup } from '../groups'
import { Amount } from '../../ui/Amount'
import { Empty, Failure, SkeletonRows, Unavailable } from '../../ui/states'
import { CategoryBars, MemberTable, MonthColumns } from './charts'
import { GroupReport } from './documents.generated'
import type { Report } from './report'

// The report follows events, a little behind the ledger.
const CATCH_UP_MS = 10_000

/** What a group has spent: by category, by month, by member; currencies are never mixed. */
export function ReportTab() {
  const { group } = useGroup()
  const { data, error, loading, refetch } = useQuery(GroupReport, {
    variables: { id: group.id },
    pollInterval: CATCH_UP_MS,
  })
  useRefetchOn(group.ledgerVersion, refetch)
  const report = data?.group?.report
  const retry = () => void refetch()

  if (!report) {
    if (loading || !error) return <SkeletonRows rows={5} label={t`Loading the report`} />
    const refusal = readRefusal(error)
    if (refusal.code !== 'UNREACHABLE')
      return <Unavailable what={t`The report is not available right now.`} onRetry={retry} />
    return <Failure onRetry={retry}>{refusal.message}</Failure>
  }
  if (report.total.length === 0) {
    return (
      <Empty
        icon={<ChartNoAxesColumn size={26} aria-hidden="true" />}
        title={t`Nothing to report yet`}
      >
        <Trans>Once there are expenses, this shows what they were for, when, and who paid.</Trans>
      </Empty>
    )
  }
  return (
    <div className="grid gap-8 p-4 lg:px-0 lg:pt-6">
      {report.total.map((total) => (
        <CurrencyReport key={total.currency} report={report} currency={total.currency} />
      ))}
    </div>
  )
}

function CurrencyReport({ report, currency }: { report: Report; currency: string }) {
  const total = report.total.find((money) => money.currency === currency)
  return (
    <section aria-label={t`Spending in ${currency}`} className="grid gap-4">
      {total && (
        <header>
          <p className="text-sm text-muted">
            <Trans>spent together</Trans>
          </p>
          <p className="font-display text-3xl font-semibold">
            <Amount money={total} />
          </p>
        </header>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <CategoryBars rows={report.byCategory.filter((row) => row.total.currency === currency)} />
        <MonthColumns rows={report.byMonth.filter((row) => row.total.currency === currency)} />
        <MemberTable rows={report.byMember.filter((row) => row.paid.currency === currency)} />
      </div>
    </section>
  )
}
