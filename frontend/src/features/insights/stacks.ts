import { t } from '@lingui/core/macro'
import { sum, fromMinor, toMinor } from '../../lib/money'
import { MARKS } from '../../ui/tints'
import { useCategoryLabel } from '../expenses'
import type { Slice } from './Columns'
import type { CategoryRowFragment } from './documents.generated'
import { bySize } from './scale'

/** A name and a colour for each of the largest categories, and for all others together. */
export interface Legend {
  entries: readonly Pick<Slice, 'name' | 'tone'>[]
  /** How much of a month was for each of them, in their order. */
  slicesOf: (rows: readonly CategoryRowFragment[], currency: string) => Slice[]
}

/** What the categories of a report look like in its columns; the largest come first. */
export function useLegend(categories: readonly CategoryRowFragment[]): Legend {
  const label = useCategoryLabel()
  const largest = [...categories].sort(bySize).slice(0, MARKS.length)
  const named = largest.map(({ category }, rank) => ({
    category,
    name: label(category),
    tone: MARKS[rank] ?? OTHERS,
  }))
  const others = { name: t`Everything else`, tone: OTHERS }
  const entries = categories.length > named.length ? [...named, others] : named
  return {
    entries,
    slicesOf: (rows, currency) => {
      const total = (matches: (category: string) => boolean) =>
        fromMinor(
          sum(rows.filter((row) => matches(row.category)).map((row) => toMinor(row.total))),
          currency,
        )
      const known = new Set(largest.map(({ category }) => category))
      const slices = named.map(({ category, name, tone }) => ({
        name,
        tone,
        total: total((each) => each === category),
      }))
      if (entries.length === named.length) return slices
      return [...slices, { ...others, total: total((each) => !known.has(each)) }]
    },
  }
}

const OTHERS = 'bg-[light-dark(#8f8799,#766d83)]'
