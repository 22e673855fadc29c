import { expect, it } from 'vitest'
import { following, rhythmText } from './rhythm'

it.each([
  ['2026-11-28', 'DAILY', 3, '2026-12-01'],
  ['2026-11-28', 'WEEKLY', 2, '2026-12-12'],
  ['2027-01-31', 'MONTHLY', 1, '2027-02-28'],
  ['2026-12-15', 'MONTHLY', 1, '2027-01-15'],
  ['2028-02-29', 'YEARLY', 1, '2029-02-28'],
] as const)('%s is followed %s, every %s, by %s', (date, frequency, every, next) => {
  expect(following(date, frequency, every)).toBe(next)
})

it('is told in words', () => {
  expect(rhythmText('MONTHLY', 1)).toBe('Every month')
  expect(rhythmText('WEEKLY', 2)).toBe('Every 2 weeks')
})
