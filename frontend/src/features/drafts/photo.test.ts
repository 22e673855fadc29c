import { expect, it } from 'vitest'
import { fit } from './photo'

it.each([
  [4_000, 3_000, 1_600, 1_200],
  [3_024, 4_032, 1_200, 1_600],
  [1_600, 900, 1_600, 900],
  [20, 10, 20, 10],
  [9_000, 2, 1_600, 1],
])('%i × %i is sent as %i × %i', (width, height, sentWidth, sentHeight) => {
  expect(fit({ width, height })).toEqual({ width: sentWidth, height: sentHeight })
})
