import { expect, it } from 'vitest'
import { problemText, workedOut } from './amounts'

it('says what a sum comes to, and nothing of a single amount', () => {
  expect(workedOut('12+4.50', 'EUR')).toBe('= €16.50')
  expect(workedOut('12+', 'EUR')).toBeUndefined()
  expect(workedOut('12 + apples 3', 'EUR')).toBeUndefined()
  expect(workedOut('-12', 'EUR')).toBeUndefined()
})

it('asks back in the decimals of the currency', () => {
  expect(problemText('unclear', 'EUR')).toBe(
    'Thousands or decimals? Write it like 1000.00 or like 1.00.',
  )
  expect(problemText('unclear', 'KWD')).toContain('1000.000 or like 1.000')
})
