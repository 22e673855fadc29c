import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { useQuery } from '@apollo/client/react'
import { useState } from 'react'
import { today } from '../../lib/dates'
import type { Money } from '../../lib/money'
import { Page } from '../../ui/Page'
import { Segmented } from '../../ui/Segmented'
import { OwnBudgets } from '../budgets'
import { AllCategories } from '../expenses'
import { Altogether } from './Altogether'
import { GroupBars } from './bars'
import { OwnReport } from './documents.generated'
import { OwnDownloads } from './Downloads'
import { drillDown } from './drillDown'
import { CurrencyReport, ReportStates } from './Report'
import { rangeBefore, startOf, type Span } from './span'

const SPANS = [
  ['month', msg`This month`],
  ['year', msg`This year`],
  ['all', msg`All time`],
] as const satisfies readonly (readonly [Span, MessageDescriptor])[]

/** What the viewer's own shares come to over all groups. */
export function InsightsPlace() {
  const [span, setSpan] = useState<Span>('year')
  const from = startOf(span, today())
  const range = rangeBefore(span, today())
  const { data, error, loading, refetch } = useQuery(OwnReport, {
    variables: {
      from,
      beforeFrom: range?.from,
      beforeTo: range?.to,
      compared: range !== undefined,
    },
  })
  const before = range && data?.me.before ? { ...range, ...data.me.before } : undefined
  const report = data?.me.report
  const since = from ? { from } : {}
  // Where there is one currency only, nobody needs to be told.
  const only = ({ currency }: Money) => (report && report.total.length > 1 ? { currency } : {})
  const own = (total: Money) => ({ ...since, ...only(total), mine: 'yes' })
  const filled = report && report.total.length > 0 ? report : undefined
  return (
    <Page title={t`Insights`}>
      <Segmented
        label={t`Time`}
        value={span}
        options={SPANS.map(([each, label]) => [each, t(label)] as const)}
        onChange={setSpan}
      />
      <AllCategories>
        {data && <OwnBudgets currency={data.me.defaultCurrency} />}
        {!filled && (
          <ReportStates report={report} {...{ error, loading }} onRetry={() => void refetch()} />
        )}
        {filled && data && (
          <Altogether total={filled.total} before={before} to={data.me.defaultCurrency} />
        )}
        {filled?.total.map((total) => (
          <CurrencyReport
            key={total.currency}
            scope={{ from }}
            total={total}
            lead={t`your own share`}
            report={filled}
            list={drillDown('/expenses', own(total))}
            before={before}
          >
            <GroupBars
              rows={filled.byGroup.filter((row) => row.total.currency === total.currency)}
              total={total}
              list={(groupId) => drillDown(`/groups/${groupId}`, own(total))({})}
            />
          </CurrencyReport>
        ))}
      </AllCategories>
      {filled && <OwnDownloads from={from} />}
    </Page>
  )
}
