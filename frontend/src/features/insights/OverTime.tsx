import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { unmask } from '../../api/fragments'
import { formatMonth, formatShortMonth } from '../../lib/dates'
import { formatMoney } from '../../lib/money'
import { classes } from '../../ui/classes'
import { Segmented } from '../../ui/Segmented'
import { Columns, type Column } from './Columns'
import type { CategoryRowFragment, MonthRowFragment } from './documents.generated'
import { daysOf, type DrillDown } from './drillDown'
import { Numbers } from './Numbers'
import type { Scope } from './scope'
import { useLegend, type Legend } from './stacks'
import { Weeks } from './Weeks'

interface OverTimeProps {
  scope: Scope
  currency: string
  months: readonly MonthRowFragment[]
  /** The categories of the whole report. */
  categories: readonly CategoryRowFragment[]
  list: DrillDown
}

/** Spending over the months, by category, or over the weeks. */
export function OverTime({ scope, currency, months, categories, list }: OverTimeProps) {
  const [step, setStep] = useState<'month' | 'week'>('month')
  return (
    <section className="card min-w-0 p-4">
      <header className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lg">
          <Trans>Over time</Trans>
        </h2>
        <Segmented
          label={t`Columns`}
          value={step}
          options={[
            ['month', t`Months`],
            ['week', t`Weeks`],
          ]}
          onChange={setStep}
        />
      </header>
      {step === 'month' ? (
        <Months months={months} categories={categories} list={list} />
      ) : (
        <Weeks scope={scope} currency={currency} last={months.at(-1)?.month} list={list} />
      )}
    </section>
  )
}

type MonthsProps = Pick<OverTimeProps, 'months' | 'categories' | 'list'>

function Months({ months, categories, list }: MonthsProps) {
  const legend = useLegend(categories)
  const columns = months.map(({ month, total, byCategory }): Column => {
    const slices = legend.slicesOf(unmask<CategoryRowFragment>(byCategory), total.currency)
    return {
      key: month,
      label: formatShortMonth(month),
      name: formatMonth(month),
      total,
      slices,
      to: list(daysOf(month)),
      tip: <Tip title={`${formatMonth(month)}: ${formatMoney(total)}`} slices={slices} />,
    }
  })
  return (
    <>
      <Columns columns={columns} />
      <LegendList entries={legend.entries} />
      <Numbers
        caption={t`Spending by month`}
        head={[t`Month`, t`Spent`, ...legend.entries.map(({ name }) => name)]}
        rows={columns.map(({ name, total, slices = [] }) => [
          name,
          formatMoney(total),
          ...slices.map((slice) => formatMoney(slice.total)),
        ])}
      />
    </>
  )
}

function Tip({ title, slices = [] }: { title: string; slices: Column['slices'] }) {
  const shown = slices.filter(({ total }) => !/^-?0(\.0+)?$/.test(total.amount))
  return (
    <span className="grid gap-0.5">
      <span className="font-semibold">{title}</span>
      {shown.map(({ name, total }) => (
        <span key={name} className="flex justify-between gap-4">
          {name} <bdi className="tabular">{formatMoney(total)}</bdi>
        </span>
      ))}
    </span>
  )
}

/** Which colour is which category; the table says the same in words. */
function LegendList({ entries }: Pick<Legend, 'entries'>) {
  return (
    <ul aria-label={t`Colours`} className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {entries.map(({ name, tone }) => (
        <li key={name} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={classes('size-2.5 rounded-sm', tone)} />
          {name}
        </li>
      ))}
    </ul>
  )
}
