import { expect, it } from 'vitest'
import { partsBy } from './parts'

it('makes one part of each day', () => {
  const items = ['2026-11-22', '2026-11-22', '2026-11-20']
  expect(partsBy(items, (day) => day)).toEqual([
    { key: '2026-11-22', items: ['2026-11-22', '2026-11-22'] },
    { key: '2026-11-20', items: ['2026-11-20'] },
  ])
})
