import { describe, expect, it } from 'vitest'
import { convert, editRate, formatRate, inverseRate, parseRate, rateText } from './index'

/** The units of a rate that can be read. */
function units(text: string, locale = 'en-US'): bigint {
  const parsed = parseRate(text, locale)
  if (!parsed.ok) throw new RangeError(parsed.problem)
  return parsed.minor
}

describe('a rate', () => {
  it('is read and written in the language of the person', () => {
    expect(rateText(units('0.9227'))).toBe('0.9227')
    expect(rateText(units('0,9227', 'de-DE'))).toBe('0.9227')
    expect(rateText(units('162'))).toBe('162')
    expect(rateText(units('1.50'))).toBe('1.5')
    expect(rateText(units('0.0000000001'))).toBe('0.0000000001')
    expect(editRate('0.9227', 'de-DE')).toBe('0,9227')
    expect(formatRate('162.305', undefined, 'de-DE')).toBe('162,305')
  })

  it('has at most ten decimals', () => {
    expect(parseRate('0.00000000001', 'en-US')).toEqual({ ok: false, problem: 'decimals' })
    expect(parseRate('much', 'en-US')).toEqual({ ok: false, problem: 'malformed' })
  })

  it('can be seen from the other side', () => {
    expect(inverseRate('0.8')).toBe('1.25')
    expect(formatRate(inverseRate('0.9227'), 6, 'en-US')).toBe('1.08378')
  })
})

describe('convert', () => {
  // The same as the server's own.
  it.each([
    [10_000n, 'USD', '0.9227', 'EUR', 9_227n],
    [1n, 'USD', '0.5', 'EUR', 0n],
    [3n, 'USD', '0.5', 'EUR', 2n],
    [5n, 'USD', '0.5', 'EUR', 2n],
    [-1n, 'USD', '0.5', 'EUR', 0n],
    [-3n, 'USD', '0.5', 'EUR', -2n],
    [1_000n, 'JPY', '0.0062', 'EUR', 620n],
    [100n, 'EUR', '162.3', 'JPY', 162n],
    [1_000n, 'KWD', '3.05', 'EUR', 305n],
  ])('%s %s at %s is %s %s', (minor, from, rate, to, expected) => {
    expect(convert(minor, from, units(rate), to)).toBe(expected)
  })
})
