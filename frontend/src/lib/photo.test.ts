import { expect, it } from 'vitest'
import { fit, middle } from './photo'

it.each([
  [4_000, 3_000, 1_600, 1_200],
  [3_024, 4_032, 1_200, 1_600],
  [1_600, 900, 1_600, 900],
  [20, 10, 20, 10],
  [9_000, 2, 1_600, 1],
])('%i × %i becomes %i × %i', (width, height, sentWidth, sentHeight) => {
  expect(fit({ width, height }, 1_600)).toEqual({ width: sentWidth, height: sentHeight })
})

it('keeps the square in the middle', () => {
  expect(middle({ width: 30, height: 20 })).toEqual({ left: 5, top: 0, width: 20, height: 20 })
  expect(middle({ width: 20, height: 31 })).toEqual({ left: 0, top: 5, width: 20, height: 20 })
})
