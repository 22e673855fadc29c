import type { Part } from '../../lib/parts'

/** In the order of a list: the heading of a part, or one of its rows. */
export interface Slot {
  key: string
  part: number
  /** Undefined for the heading. */
  row?: number
}

export interface Order {
  slots: readonly Slot[]
  /** Where in it each part begins. */
  headings: readonly number[]
}

/** Headings and rows in one order. */
export function orderOf(parts: readonly Part<{ id: string }>[]): Order {
  const slots: Slot[] = []
  const headings: number[] = []
  for (const [part, { key, items }] of parts.entries()) {
    headings.push(slots.length)
    slots.push({ key: `heading ${key}`, part })
    for (const [row, { id }] of items.entries()) slots.push({ key: id, part, row })
  }
  return { slots, headings }
}

/** What of a part is in the document, with the room in pixels that is left for the rest. */
export interface PlacedPart {
  part: number
  above: number
  rows: { row: number; above: number }[]
  below: number
}

export interface Placement {
  parts: readonly PlacedPart[]
  below: number
}

/**
 * Says what is in the document, and how much room is left between it, so that everything is where it would be if all
 * were there. `top` tells where a slot begins, and for the number of slots where the list ends.
 */
export function placementOf(
  shown: readonly number[],
  { slots, headings }: Order,
  top: (index: number) => number,
): Placement {
  const parts: PlacedPart[] = []
  let bottom = top(0)
  const endPart = () => {
    const last = parts.at(-1)
    if (!last) return
    const end = top(headings[last.part + 1] ?? slots.length)
    last.below = end - bottom
    bottom = end
  }
  for (const index of shown) {
    const slot = slots[index]
    if (!slot) continue
    const { part, row } = slot
    if (row === undefined) {
      endPart()
      parts.push({ part, above: top(index) - bottom, rows: [], below: 0 })
    } else parts.at(-1)?.rows.push({ row, above: top(index) - bottom })
    bottom = top(index + 1)
  }
  endPart()
  return { parts, below: top(slots.length) - bottom }
}

/** Everything is in the document, so that no room is left. */
export function allOf(order: Order): Placement {
  return placementOf([...order.slots.keys()], order, () => 0)
}
