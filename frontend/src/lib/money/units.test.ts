import { describe, expect, it } from 'vitest'
import { equalParts, exponentOf, fromMinor, percentOf, signOf, sum, toMinor } from './units'

describe('exponentOf', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    // Everyday use knows no fillér or IQD fils; ISO 4217 does.
    ['HUF', 2],
    ['IQD', 3],
    ['COP', 2],
    ['IDR', 2],
    ['ISK', 0],
    ['UGX', 0],
  ])('%s has %i decimals', (currency, exponent) => {
    expect(exponentOf(currency)).toBe(exponent)
  })
})

describe('wire amounts', () => {
  it.each([
    ['12.34', 'EUR', 1234n],
    ['0.07', 'EUR', 7n],
    ['-0.99', 'USD', -99n],
    ['19.99', 'EUR', 1999n],
    ['12345', 'JPY', 12345n],
    ['1.005', 'KWD', 1005n],
    ['-92233720368547758.08', 'EUR', -(2n ** 63n)],
    ['90071992547409931.27', 'EUR', 9007199254740993127n],
  ])('%s %s is %s minor units and back', (amount, currency, minor) => {
    expect(toMinor({ amount, currency })).toBe(minor)
    expect(fromMinor(minor, currency)).toEqual({ amount, currency })
  })

  it('pads what the API may shorten', () => {
    expect(toMinor({ amount: '5', currency: 'EUR' })).toBe(500n)
    expect(toMinor({ amount: '5.1', currency: 'EUR' })).toBe(510n)
  })

  it.each(['1.005', '1e3', '', ' 1', '1,00', '+1', '.5', '1.'])('refuses %j as EUR', (amount) => {
    expect(() => toMinor({ amount, currency: 'EUR' })).toThrow(RangeError)
  })

  it('refuses decimals that the currency does not have', () => {
    expect(() => toMinor({ amount: '1.5', currency: 'JPY' })).toThrow(RangeError)
  })
})

describe('arithmetic', () => {
  it('adds without loss', () => {
    expect(sum([10n, -3n, 2n ** 62n])).toBe(2n ** 62n + 7n)
    expect(sum([])).toBe(0n)
  })

  it('knows who owes', () => {
    const sign = (amount: string) => signOf({ amount, currency: 'EUR' })
    expect([sign('-0.01'), sign('0.00'), sign('0.01')]).toEqual([-1, 0, 1])
  })

  it.each([
    [10000n, 3, 3333n, 1n],
    [-10000n, 3, -3333n, 1n],
    [2n, 4, 0n, 2n],
    [9n, 3, 3n, 0n],
  ])('%s among %i is %s each and %s odd', (total, people, each, odd) => {
    expect(equalParts(total, people)).toEqual({ each, odd })
  })

  it('gives bar lengths as text', () => {
    expect([percentOf(1n, 3n), percentOf(-1n, 2n), percentOf(5n, 0n)]).toEqual([
      '33.3%',
      '50.0%',
      '0%',
    ])
  })
})
