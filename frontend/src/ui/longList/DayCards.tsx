import type { ReactNode } from 'react'
import { formatDayName } from '../../lib/dates'
import { partsBy } from '../../lib/parts'
import { LongList } from './LongList'

interface DayCardsProps<Item> {
  rows: readonly Item[]
  dayOf: (row: Item) => string
  /** Lines between the rows, which then reach to the edges. */
  divided?: boolean
  landmarks?: boolean
  children: (row: Item) => ReactNode
}

/** A long list with a card for each day. */
export function DayCards<Item extends { id: string }>(props: DayCardsProps<Item>) {
  const { rows, dayOf, divided = false, landmarks = false, children } = props
  return (
    <LongList
      parts={partsBy(rows, dayOf)}
      title={formatDayName}
      heading="h2"
      landmarks={landmarks}
      look={{
        heading:
          'px-1 pt-5 pb-1.5 font-sans text-sm font-semibold text-muted [section:first-child>&]:pt-0',
        list: divided ? 'card-of-rows divide-y divide-line overflow-hidden' : 'card-of-rows padded',
      }}
    >
      {children}
    </LongList>
  )
}
