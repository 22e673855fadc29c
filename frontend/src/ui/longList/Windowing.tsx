import {
  defaultRangeExtractor,
  useWindowVirtualizer,
  type Range,
  type Virtualizer,
} from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useState, type RefObject } from 'react'
import { placementOf, type Order, type Placement } from './placing'

export interface WindowingProps {
  list: RefObject<HTMLElement | null>
  order: Order
  /** Is told what is to be in the document. */
  onPlace: (placement: Placement | undefined) => void
}

// What is not measured yet is taken to be as high as a row of two lines.
const ROW_PX = 64
// On both sides of the screen, so that Tab finds the next row, and scrolling no gap.
const OVERSCAN = 10

/** Chooses the rows of a list that are near the screen, while the page is scrolled. */
export default function Windowing({ list, order, onPlace }: WindowingProps) {
  const { slots } = order
  const top = useTop(list)
  const rangeExtractor = useRange(order, useFocused(order))
  const getItemKey = useCallback((index: number) => slots[index]?.key ?? index, [slots])
  const virtualizer = useWindowVirtualizer({
    count: slots.length,
    estimateSize: () => ROW_PX,
    getItemKey,
    overscan: OVERSCAN,
    scrollMargin: top,
    rangeExtractor,
  })
  const items = virtualizer.getVirtualItems()

  useLayoutEffect(() => {
    const shown = items.map(({ index }) => index)
    const end = top + virtualizer.getTotalSize()
    onPlace(
      placementOf(shown, order, (index) => virtualizer.measurementsCache[index]?.start ?? end),
    )
  }, [items, order, top, virtualizer, onPlace])
  useLayoutEffect(
    () => () => {
      onPlace(undefined)
    },
    [onPlace],
  )
  useLayoutEffect(() => {
    leaveToBrowser(virtualizer)
  }, [virtualizer])
  // The rows belong to the list, which is rendered together with this.
  useLayoutEffect(() => {
    const nodes = list.current?.querySelectorAll('[data-index]') ?? []
    for (const node of [...nodes, null]) virtualizer.measureElement(node)
  })
  return null
}

/** Most browsers scroll along by themselves when something above the screen changes its height. */
function leaveToBrowser(virtualizer: Virtualizer<Window, Element>) {
  if ('overflowAnchor' in document.body.style)
    virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false
}

/** Where on the page the list begins: what is above it may change its height. */
function useTop(list: WindowingProps['list']): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => {
      const box = list.current?.getBoundingClientRect()
      if (box) setTop(Math.round(box.top + window.scrollY))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => {
      observer.disconnect()
    }
  }, [list])
  return top
}

/** Where the row is that has the focus, or had it before a dialog opened, which gives it back. */
function useFocused({ slots }: Order): number {
  const [id, setId] = useState(() => idOfRow(document.activeElement))
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      setId((before) => idOfRow(target) ?? before)
    }
    document.addEventListener('focusin', onFocus)
    return () => {
      document.removeEventListener('focusin', onFocus)
    }
  }, [])
  return slots.findIndex(({ key }) => key === id)
}

function idOfRow(node: EventTarget | null): string | undefined {
  return node instanceof Element ? node.closest<HTMLElement>('[data-row]')?.dataset.row : undefined
}

/** What is near the screen, the headings above it, and the focused row with its neighbours. */
function useRange({ slots, headings }: Order, focused: number) {
  return useCallback(
    (range: Range) => {
      const shown = new Set(defaultRangeExtractor(range))
      if (focused >= 0) for (const step of [-1, 0, 1]) shown.add(focused + step)
      for (const index of [...shown]) {
        const slot = slots[index]
        if (slot) shown.add(headings[slot.part] ?? index)
        else shown.delete(index)
      }
      return [...shown].sort((one, other) => one - other)
    },
    [slots, headings, focused],
  )
}
