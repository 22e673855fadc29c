import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { SlidersHorizontal, X } from 'lucide-react'
import { useId, useState } from 'react'
import { formatDayAndYear, formatMonth, formatRange, lastOfMonth } from '../../../lib/dates'
import { formatMoney } from '../../../lib/money'
import { classes } from '../../../ui/classes'
import { useCategoryLabel } from '../categories'
import type { People } from '../../groups'
import type { Filter } from './filter'
import { FilterFields } from './FilterFields'

export interface FilterBarProps {
  filter: Filter
  change: (filter: Filter) => void
  /** The currency of amounts that name none. */
  currency: string
  /** Members to choose from; none over several groups. */
  people?: People
}

/** What a list is narrowed to, with a way out of each; and the fields in which that is chosen. */
export function FilterBar(props: FilterBarProps) {
  const { filter, change } = props
  const [open, setOpen] = useState(false)
  const fields = useId()
  const chips = chipsOf(props, useCategoryLabel())
  return (
    <section aria-label={t`Filters`} className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={fields}
          onClick={() => {
            setOpen(!open)
          }}
          className={classes(
            'inline-flex min-h-11 items-center gap-2 rounded-xl border px-3.5 text-sm font-semibold',
            open ? 'border-brand bg-brand-soft text-brand' : 'border-line bg-tile hover:bg-hover',
          )}
        >
          <SlidersHorizontal size={16} aria-hidden="true" />
          <Trans>Filter</Trans>
        </button>
        {chips.map(({ label, without }) => (
          <button
            key={label}
            type="button"
            aria-label={t`Remove the filter ${label}`}
            onClick={() => {
              change({ ...filter, ...without })
            }}
            className="inline-flex min-h-11 items-center gap-1.5 rounded-full bg-brand-soft py-1 pr-2.5 pl-3.5 text-sm text-brand hover:bg-hover"
          >
            <bdi>{label}</bdi>
            <X size={15} aria-hidden="true" />
          </button>
        ))}
      </div>
      <div id={fields} hidden={!open}>
        {open && <FilterFields {...props} />}
      </div>
    </section>
  )
}

interface Chip {
  label: string
  without: Filter
}

const NOTHING = ''

function chipsOf(
  { filter, currency, people }: FilterBarProps,
  categoryLabel: (category: string) => string,
): Chip[] {
  const { category, member, payer, min, max, mine, deleted } = filter
  const nameOf = (id?: string) => (id && people?.label(id)) ?? t`Former member`
  const [name, payerName] = [nameOf(member), nameOf(payer)]
  const money = (amount = '') => moneyText(amount, filter.currency ?? currency)
  const [least, most] = [money(min), money(max)]
  const chips: (Chip | undefined | '')[] = [
    category && { label: categoryLabel(category), without: { category: NOTHING } },
    dateChip(filter),
    member && { label: t`with ${name}`, without: { member: NOTHING } },
    payer && { label: t`paid by ${payerName}`, without: { payer: NOTHING } },
    min && { label: t`from ${least}`, without: { min: NOTHING } },
    max && { label: t`up to ${most}`, without: { max: NOTHING } },
    filter.currency && !min && !max
      ? { label: filter.currency, without: { currency: NOTHING } }
      : undefined,
    mine && { label: t`with you`, without: { mine: NOTHING } },
    deleted && { label: t`with deleted ones`, without: { deleted: NOTHING } },
  ]
  return chips.filter((chip) => chip !== undefined && chip !== '')
}

/** Whoever writes an address by hand may write anything. */
function moneyText(amount: string, currency: string): string {
  try {
    return formatMoney({ amount, currency })
  } catch {
    return `${amount} ${currency}`
  }
}

function dateChip({ from, to }: Filter): Chip | undefined {
  const without = { from: NOTHING, to: NOTHING }
  if (!from && !to) return undefined
  if (from && to) {
    const month = from.slice(0, 7)
    const whole = from === `${month}-01` && to === lastOfMonth(month)
    if (whole) return { label: formatMonth(month), without }
    return { label: formatRange(from, to), without }
  }
  const day = formatDayAndYear(from ?? to ?? '')
  return { label: from ? t`since ${day}` : t`until ${day}`, without }
}
