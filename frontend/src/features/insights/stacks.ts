import { t } from '@lingui/core/macro'
import { sum, fromMinor, toMinor } from '../../lib/money'
import { MARKS } from '../../ui/tints'
import { useCategoryLabel } from '../expenses'
import type { Slice } from './charts/Columns'
import { bySize } from './charts/scale'
import type { CategoryRowFragment } from './documents.generated'

/** What was spent on a category; on several together, without one. */
export interface CategorySlice extends Slice {
  category?: string
}

/** A name and a colour for each of the largest categories, and for all others together. */
export interface Legend {
  entries: readonly Pick<Slice, 'name' | 'tone'>[]
  toneOf: (category: string) => string
  /** How much of a month was for each of them, in their order. */
  slicesOf: (rows: readonly CategoryRowFragment[], currency: string) => CategorySlice[]
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
    toneOf: (category) => named.find((each) => each.category === category)?.tone ?? OTHERS,
    slicesOf: (rows, currency) => {
      const total = (matches: (category: string) => boolean) =>
        fromMinor(
          sum(rows.filter((row) => matches(row.category)).map((row) => toMinor(row.total))),
          currency,
        )
      const known = new Set(largest.map(({ category }) => category))
      const slices = named.map(({ category, name, tone }) => ({
        ...{ category, name, tone },
        total: total((each) => each === category),
      }))
      if (entries.length === named.length) return slices
      return [...slices, { ...others, total: total((each) => !known.has(each)) }]
    },
  }
}

const OTHERS = 'text-[light-dark(#8f8799,#766d83)]'
