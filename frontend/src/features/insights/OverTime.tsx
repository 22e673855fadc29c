import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { unmask } from '../../api/fragments'
import { formatMonth, formatShortMonth } from '../../lib/dates'
import { formatMoney } from '../../lib/money'
import { classes } from '../../ui/classes'
import { Segmented } from '../../ui/Segmented'
import { Columns, type Column, type Slice } from './charts/Columns'
import type { CategoryRowFragment, MonthRowFragment } from './documents.generated'
import { daysOf, type DrillDown } from './drillDown'
import { Numbers } from './Numbers'
import type { Scope } from './scope'
import type { Legend } from './stacks'
import { Weeks } from './Weeks'

interface OverTimeProps {
  scope: Scope
  currency: string
  months: readonly MonthRowFragment[]
  /** What its categories look like. */
  legend: Legend
  list: DrillDown
}

/** Spending over the months, by category, or over the weeks. */
export function OverTime({ scope, currency, months, legend, list }: OverTimeProps) {
  const [step, setStep] = useState<'month' | 'week'>('month')
  return (
    <section className="card min-w-0 p-4 lg:col-span-2 print:break-inside-auto!">
      <header className="mb-3 flex flex-wrap items-center justify-between gap-2 break-after-avoid">
        <h2 className="text-lg">
          <Trans>Over time</Trans>
        </h2>
        <div data-only-screen>
          <Segmented
            label={t`Columns`}
            value={step}
            options={[
              ['month', t`Months`],
              ['week', t`Weeks`],
            ]}
            onChange={setStep}
          />
        </div>
      </header>
      {step === 'month' ? (
        <Months currency={currency} months={months} legend={legend} list={list} />
      ) : (
        <Weeks scope={scope} currency={currency} last={months.at(-1)?.month} list={list} />
      )}
    </section>
  )
}

type MonthsProps = Pick<OverTimeProps, 'currency' | 'months' | 'legend' | 'list'>

function Months({ currency, months, legend, list }: MonthsProps) {
  const rows = months.map(({ month, total, byCategory }) => ({
    ...{ month, total, name: formatMonth(month) },
    slices: legend.slicesOf(unmask<CategoryRowFragment>(byCategory), total.currency),
  }))
  const columns = rows.map(({ month, total, name, slices }): Column => {
    const days = daysOf(month)
    return {
      ...{ key: month, label: formatShortMonth(month), total, to: list(days) },
      name: `${name}: ${formatMoney(total)}`,
      tip: <Tip title={`${name}: ${formatMoney(total)}`} slices={slices} />,
      parts: slices.map((slice) => ({
        ...slice,
        key: slice.name,
        name: `${name}, ${slice.name}: ${formatMoney(slice.total)}`,
        to: list(slice.category ? { ...days, category: slice.category } : days),
        tip: <Tip title={name} slices={[slice]} />,
      })),
    }
  })
  return (
    <>
      <Columns name={t`Spending by month`} columns={columns} currency={currency} />
      <LegendList entries={legend.entries} />
      <Numbers
        choice
        caption={t`Spending by month`}
        head={[t`Month`, t`Spent`, ...legend.entries.map(({ name }) => name)]}
        rows={rows.map(({ month, name, total, slices }) => ({
          name,
          numbers: [total, ...slices.map((slice) => slice.total)].map((each) => formatMoney(each)),
          to: list(daysOf(month)),
        }))}
      />
    </>
  )
}

function Tip({ title, slices }: { title: string; slices: readonly Slice[] }) {
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
          <span aria-hidden="true" className={classes('size-2.5 rounded-sm bg-current', tone)} />
          {name}
        </li>
      ))}
    </ul>
  )
}
