import { describe, expect, it } from 'vitest'
import type { Whole } from '../../lib/amounts'
import { emptyItem, emptySplit, readSplit, type SplitForm } from './split'

const members = ['ada', 'ben', 'cleo']
const hundred: Whole = { minor: 10_000n, currency: 'EUR', sign: 1n }
const read = (changes: Partial<SplitForm>, whole = hundred) =>
  readSplit({ ...emptySplit(), ...changes }, members, whole)
const item = (name: string, amount: string, without: Record<string, boolean> = {}) => ({
  ...emptyItem(),
  name,
  amount,
  without,
})

describe('percent', () => {
  it('counts down to nothing, in hundredths', () => {
    expect(read({ mode: 'PERCENT', percent: { ada: '33.33' } }).left).toBe(6667n)
    const percent = { ada: '33.33', ben: '66.67%' }
    expect(read({ mode: 'PERCENT', percent })).toMatchObject({
      left: 0n,
      split: {
        percent: [
          { memberId: 'ada', percent: '33.33' },
          { memberId: 'ben', percent: '66.67' },
        ],
      },
    })
  })

  it.each([
    ['33.333', 'Two decimals are enough.'],
    ['half', 'This is not a number.'],
    ['-5', 'Nothing can be negative here.'],
    ['99', 'The percentages do not make 100 yet.'],
  ])('refuses %j', (ada, problem) => {
    expect(read({ mode: 'PERCENT', percent: { ada } }).problem).toBe(problem)
  })
})

describe('weights', () => {
  it('counts one share each until something else is typed', () => {
    expect(read({ mode: 'WEIGHTS', weights: { ben: '2.5', cleo: '' } }).split).toEqual({
      weights: [
        { memberId: 'ada', weight: '1.00' },
        { memberId: 'ben', weight: '2.50' },
      ],
    })
  })

  it('needs somebody', () => {
    const weights = { ada: '0', ben: '', cleo: '0' }
    expect(read({ mode: 'WEIGHTS', weights }).problem).toBe('Choose who shares this.')
  })
})

describe('adjustments', () => {
  it('says what is left to share equally', () => {
    const adjustments = { ada: '10', ben: '-4' }
    const reading = read({ mode: 'ADJUSTMENTS', adjustments, without: { cleo: true } })
    expect(reading.rest).toBe(9_400n)
    expect(reading.split).toEqual({
      adjustments: [
        { memberId: 'ada', amount: '10.00' },
        { memberId: 'ben', amount: '-4.00' },
      ],
    })
  })

  it('cannot be more than there is', () => {
    const reading = read({ mode: 'ADJUSTMENTS', adjustments: { ada: '100.01' } })
    expect(reading.problem).toBe('The adjustments are more than the total.')
  })
})

describe('items', () => {
  const items = [item('Fish', '60', { ada: true }), item('Wine', '30'), item('', '')]

  it('adds up items, tax and tip, less the discount', () => {
    expect(read({ mode: 'ITEMS', items }).left).toBe(1_000n)
    const reading = read({ mode: 'ITEMS', items, tax: '9', tip: '6', discount: '5' })
    expect(reading.left).toBe(0n)
    expect(reading.split).toEqual({
      items: {
        items: [
          { name: 'Fish', amount: '60.00', memberIds: ['ben', 'cleo'] },
          { name: 'Wine', amount: '30.00', memberIds: members },
        ],
        tax: '9.00',
        tip: '6.00',
        discount: '5.00',
      },
    })
  })

  it.each([
    [[item('', '')], 'Enter what was bought.'],
    [[item('', '100')], 'Every item needs a name.'],
    [[item('Fish', 'ten')], 'This is not an amount.'],
    [[item('Fish', '90')], 'The items do not add up to the total yet.'],
    [[item('Fish', '100', { ada: true, ben: true, cleo: true })], 'Choose who had “Fish”.'],
  ])('says what is wrong: %#', (wrong, problem) => {
    expect(read({ mode: 'ITEMS', items: wrong })).toMatchObject({ problem })
    expect(read({ mode: 'ITEMS', items: wrong }).split).toBeUndefined()
  })
})

it('reads nothing from a split that is kept', () => {
  expect(read({ kept: 'PERCENT' })).toEqual({})
})
