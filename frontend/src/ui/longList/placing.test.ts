import { expect, it } from 'vitest'
import { allOf, orderOf, placementOf } from './placing'

const rows = (...ids: string[]) => ids.map((id) => ({ id }))
const order = orderOf([
  { key: 'november', items: rows('a', 'b', 'c') },
  { key: 'october', items: rows('d') },
  { key: 'september', items: rows('e', 'f') },
])
// Headings are 10 high, rows 20.
const tops = [0, 10, 30, 50, 70, 80, 100, 110, 130, 150]
const top = (index: number) => (tops[index] ?? 0) + 500

it('puts headings and rows in one order', () => {
  expect(order.headings).toEqual([0, 4, 6])
  expect(order.slots[2]).toEqual({ key: 'b', part: 0, row: 1 })
})

it('leaves the room of what is not there', () => {
  // The second row of November, and the last one of September.
  expect(placementOf([0, 2, 6, 8], order, top)).toEqual({
    parts: [
      { part: 0, above: 0, rows: [{ row: 1, above: 20 }], below: 20 },
      { part: 2, above: 30, rows: [{ row: 1, above: 20 }], below: 0 },
    ],
    below: 0,
  })
  expect(placementOf([4, 5], order, top)).toEqual({
    parts: [{ part: 1, above: 70, rows: [{ row: 0, above: 0 }], below: 0 }],
    below: 50,
  })
})

it('leaves no room where all are there', () => {
  const { parts, below } = allOf(order)
  expect(parts.map(({ rows: placed }) => placed.length)).toEqual([3, 1, 2])
  expect(parts.every(({ above, below: rest }) => above === 0 && rest === 0)).toBe(true)
  expect(below).toBe(0)
})
