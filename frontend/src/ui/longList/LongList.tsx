import {
  Fragment,
  lazy,
  Suspense,
  useMemo,
  useRef,
  useState,
  type ComponentType,
  type ReactNode,
} from 'react'
import type { Part } from '../../lib/parts'
import { useMedia } from '../useMedia'
import { allOf, orderOf, type PlacedPart, type Placement } from './placing'
import type { WindowingProps } from './Windowing'

const Windowing = lazy<ComponentType<WindowingProps>>(async () => {
  try {
    return await import('./Windowing')
  } catch {
    // Offline: with all of its rows the list is slower, but complete.
    return { default: () => null }
  }
})

// Fewer rows are no burden.
const LONG = 50

interface Row {
  id: string
}

interface LongListProps<Item extends Row> {
  /** The rows, in the parts in which they are shown. */
  parts: readonly Part<Item>[]
  /** What a part is called, by its key. */
  title: (key: string) => string
  heading: 'h2' | 'h3'
  /** One can go from part to part as a reader of the screen. */
  landmarks?: boolean
  /** Classes of the headings and lists; the lists themselves have no height but that of their rows. */
  look: { heading: string; list?: string }
  /** What is in a row; `first` is the first one of its part. */
  children: (item: Item, first: boolean) => ReactNode
}

/**
 * A list under headings, which scrolls with the page. Of a long one, only the rows near the screen are in the document,
 * unless it is printed.
 */
export function LongList<Item extends Row>({ parts, ...look }: LongListProps<Item>) {
  const list = useRef<HTMLDivElement>(null)
  const [placement, setPlacement] = useState<Placement>()
  const isPrinted = useMedia('print')
  const order = useMemo(() => orderOf(parts), [parts])
  const isLong = order.slots.length - parts.length >= LONG && !isPrinted
  const windowed = isLong ? placement : undefined
  const { parts: placed, below } = windowed ?? allOf(order)
  return (
    <div ref={list}>
      {placed.map((place) => {
        const part = parts[place.part]
        // The rows may have become fewer since they were placed.
        if (!part) return null
        const start = order.headings[place.part] ?? 0
        return (
          <Fragment key={part.key}>
            <Gap height={place.above} />
            <Section {...{ part, place, start, ...look }} counted={windowed !== undefined} />
          </Fragment>
        )
      })}
      <Gap height={below} />
      {isLong && (
        <Suspense>
          <Windowing list={list} order={order} onPlace={setPlacement} />
        </Suspense>
      )}
    </div>
  )
}

interface SectionProps<Item extends Row> extends Omit<LongListProps<Item>, 'parts'> {
  part: Part<Item>
  place: PlacedPart
  /** Where in the order of the list it begins. */
  start: number
  /** Rows that are not in the document count as well. */
  counted: boolean
}

function Section<Item extends Row>(props: SectionProps<Item>) {
  const { part, place, start, counted, title, heading: Heading, landmarks, look, children } = props
  const { key, items } = part
  return (
    <section aria-label={landmarks ? title(key) : undefined}>
      <Heading data-index={start} className={look.heading}>
        {title(key)}
      </Heading>
      <ul className={look.list}>
        {place.rows.map(({ row, above }) => {
          const item = items[row]
          const count = counted ? { 'aria-setsize': items.length, 'aria-posinset': row + 1 } : {}
          return (
            item && (
              <Fragment key={item.id}>
                <Gap as="li" height={above} />
                <li data-index={start + 1 + row} data-row={item.id} {...count}>
                  {children(item, row === 0)}
                </li>
              </Fragment>
            )
          )
        })}
        <Gap as="li" height={place.below} />
      </ul>
    </section>
  )
}

/** The room of what is not in the document. It must not be what the browser keeps in its place. */
function Gap({ height, as: Element = 'div' }: { height: number; as?: 'div' | 'li' }) {
  if (height <= 0) return null
  return <Element aria-hidden="true" className="[overflow-anchor:none]" style={{ height }} />
}
