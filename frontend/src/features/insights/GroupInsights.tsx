import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { useQuery } from '@apollo/client/react'
import { useRefetchOn } from '../../api/useRefetchOn'
import type { Money } from '../../lib/money'
import { GroupBudgets } from '../budgets'
import { useGroup } from '../groups'
import { BalanceOverTime } from './BalanceOverTime'
import { GroupReport } from './documents.generated'
import { GroupDownloads } from './Downloads'
import { drillDown } from './drillDown'
import { MemberTable } from './MemberTable'
import { CurrencyReport, ReportStates } from './Report'

// The report follows events, a little behind the ledger.
const CATCH_UP_MS = 10_000

/** What a group has spent: by category, by month, by member; currencies are never mixed. */
export function GroupInsights() {
  const { group } = useGroup()
  const { data, error, loading, refetch } = useQuery(GroupReport, {
    variables: { id: group.id },
    pollInterval: CATCH_UP_MS,
  })
  useRefetchOn(group.ledgerVersion, refetch)
  const report = data?.group?.report
  const retry = () => void refetch()
  if (!report) return <ReportStates {...{ report, error, loading }} onRetry={retry} />
  const isEmpty = report.total.length === 0
  const several = report.total.length > 1
  const list = ({ currency }: Money) =>
    drillDown(`/groups/${group.id}`, several ? { currency } : {})
  return (
    <div className="grid gap-8 p-4 lg:px-0 lg:pt-6 print:block print:space-y-8">
      <GroupBudgets
        groupId={group.id}
        currency={group.currency}
        // What is spent is counted up to this version, a little behind the ledger.
        version={report.upToVersion}
      />
      {isEmpty && <ReportStates {...{ report, error, loading }} onRetry={retry} />}
      {report.total.map((total) => (
        <CurrencyReport
          key={total.currency}
          scope={{ groupId: group.id, version: report.upToVersion }}
          total={total}
          lead={t`spent together`}
          report={report}
          list={list(total)}
        >
          <MemberTable
            rows={report.byMember.filter((row) => row.paid.currency === total.currency)}
            list={list(total)}
          />
          <BalanceOverTime currency={total.currency} list={list(total)} />
        </CurrencyReport>
      ))}
      <Counted upTo={report.upToVersion} of={data.group?.expensesVersion} />
      {!isEmpty && <GroupDownloads groupId={group.id} byMonth={report.byMonth} />}
    </div>
  )
}

/** How far the report is behind the expenses; nothing while that is not known. */
function Counted({ upTo, of }: { upTo: number; of: number | null | undefined }) {
  if (typeof of !== 'number') return null
  const missing = Math.max(0, of - upTo)
  return (
    <p className="text-sm text-muted">
      <Trans>Counted up to change {upTo}.</Trans>{' '}
      {missing === 0 ? (
        <Trans>Nothing is missing.</Trans>
      ) : (
        <Plural
          value={missing}
          one="# change is not counted yet."
          other="# changes are not counted yet."
        />
      )}
    </p>
  )
}
