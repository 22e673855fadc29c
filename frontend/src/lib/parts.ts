/** Neighbours in a list that have something in common. */
export interface Part<Item> {
  key: string
  items: Item[]
}

/** Splits a sorted list into one part for each key, such as the day, keeping its order. */
export function partsBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Part<Item>[] {
  const parts: Part<Item>[] = []
  for (const item of items) {
    const key = keyOf(item)
    const last = parts.at(-1)
    if (last?.key === key) last.items.push(item)
    else parts.push({ key, items: [item] })
  }
  return parts
}
