import { expect, it } from 'vitest'
import { addDays, addMonths, rangeBefore, startOf, type Span } from './span'

it.each([
  ['month', '2026-11-28', { from: '2026-10-01', to: '2026-10-28' }],
  ['month', '2026-01-15', { from: '2025-12-01', to: '2025-12-15' }],
  // A shorter month ends with its last day.
  ['month', '2026-03-31', { from: '2026-02-01', to: '2026-02-28' }],
  ['year', '2026-11-28', { from: '2025-01-01', to: '2025-11-28' }],
  ['year', '2028-02-29', { from: '2027-01-01', to: '2027-02-28' }],
  ['all', '2026-11-28', undefined],
] as const satisfies [Span, string, unknown][])('before the %s of %s', (span, today, range) => {
  expect(rangeBefore(span, today)).toEqual(range)
})

it('begins with the first day of its span', () => {
  expect(startOf('month', '2026-11-28')).toBe('2026-11-01')
  expect(startOf('year', '2026-11-28')).toBe('2026-01-01')
  expect(startOf('all', '2026-11-28')).toBeUndefined()
})

it('counts months and days over the ends of years', () => {
  expect(addMonths('2026-01', -1)).toBe('2025-12')
  expect(addMonths('2025-12', 14)).toBe('2027-02')
  expect(addDays('2026-12-28', 6)).toBe('2027-01-03')
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
})
