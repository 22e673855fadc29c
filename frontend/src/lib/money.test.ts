import { describe, expect, it } from 'vitest'
import {
  editMoney,
  equalParts,
  exponentOf,
  formatMoney,
  fromMinor,
  parseMoney,
  percentOf,
  signOf,
  sum,
  toMinor,
  totals,
} from './money'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

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

describe('parseMoney', () => {
  const cases: [locale: string, currency: string, text: string, minor: bigint][] = [
    ['en-US', 'USD', '123.45', 12345n],
    ['en-US', 'USD', '1000', 100000n],
    ['en-US', 'USD', '0', 0n],
    ['en-US', 'USD', '-0.99', -99n],
    ['en-US', 'USD', '−1000.5', -100050n],
    ['en-US', 'USD', '1,234.56', 123456n],
    ['en-US', 'USD', '1,234,567', 123456700n],
    ['en-US', 'USD', '1,234', 123400n],
    ['en-US', 'USD', '12,5', 1250n],
    ['en-US', 'USD', '0,50', 50n],
    ['en-US', 'USD', '.5', 50n],
    ['en-US', 'USD', '12.', 1200n],
    ['en-US', 'USD', '12.3400', 1234n],
    ['en-US', 'USD', ' $12.34 ', 1234n],
    ['en-US', 'USD', '12 USD', 1200n],
    ['en-US', 'EUR', '€1.10', 110n],
    ['en-US', 'EUR', '1.234,56', 123456n],
    ['en-US', 'JPY', '1,234', 1234n],
    ['en-US', 'JPY', '12.0', 12n],
    ['en-US', 'KWD', '1.234', 1234n],
    ['en-IN', 'INR', '12,34,567.80', 123456780n],
    ['de-DE', 'EUR', '12,34', 1234n],
    ['de-DE', 'EUR', '12.50', 1250n],
    ['de-DE', 'EUR', '1.234', 123400n],
    ['de-DE', 'EUR', '1.234,5', 123450n],
    ['de-DE', 'EUR', '1.234.567', 123456700n],
    ['de-DE', 'EUR', '1,234.56', 123456n],
    ['de-DE', 'EUR', '12,34 €', 1234n],
    ['de-DE', 'KWD', '0.123', 123n],
    ['de-CH', 'CHF', "1'234.50", 123450n],
    ['de-CH', 'CHF', '1’234.50', 123450n],
    ['fr-FR', 'EUR', '1 234,56', 123456n],
    ['fr-FR', 'EUR', '1\u202f234,56', 123456n],
    ['ar-EG', 'EGP', '١٢٫٣٤', 1234n],
    ['ar-EG', 'EGP', '١٬٢٣٤٫٥', 123450n],
    ['fa-IR', 'EUR', '۱۲٫۵', 1250n],
    ['ar-EG', 'EGP', '12.34', 1234n],
    ['en-US', 'EUR', '92233720368547758.07', 2n ** 63n - 1n],
  ]
  it.each(cases)('%s %s %j', (locale, currency, text, minor) => {
    expect(parseMoney(text, currency, locale)).toEqual({ ok: true, minor })
  })

  const refused: [locale: string, currency: string, text: string, problem: string][] = [
    ['en-US', 'EUR', '', 'empty'],
    ['en-US', 'EUR', '   ', 'empty'],
    ['en-US', 'EUR', '€', 'empty'],
    ['en-US', 'EUR', 'abc', 'malformed'],
    ['en-US', 'EUR', '1e3', 'malformed'],
    ['en-US', 'EUR', '.', 'malformed'],
    ['en-US', 'EUR', '-', 'malformed'],
    ['en-US', 'EUR', '--1', 'malformed'],
    ['en-US', 'EUR', '1-2', 'malformed'],
    ['en-US', 'EUR', '1.2.3', 'malformed'],
    ['en-US', 'EUR', '12,34,5', 'malformed'],
    ['en-US', 'EUR', '1,23.45', 'malformed'],
    ['en-US', 'EUR', '1.234,567.8', 'malformed'],
    ['en-US', 'EUR', '0x10', 'malformed'],
    ['en-US', 'EUR', 'Infinity', 'malformed'],
    ['en-US', 'EUR', '1.005', 'decimals'],
    ['de-DE', 'EUR', '0.123', 'decimals'],
    ['en-US', 'JPY', '1.5', 'decimals'],
    ['en-US', 'KWD', '1.2345', 'decimals'],
    ['en-US', 'EUR', '92233720368547758.08', 'range'],
  ]
  it.each(refused)('%s %s refuses %j: %s', (locale, currency, text, problem) => {
    expect(parseMoney(text, currency, locale)).toEqual({ ok: false, problem })
  })

  it.each([
    'en-US',
    'de-DE',
    'fr-FR',
    'de-CH',
    'en-IN',
    'pl-PL',
    'es-ES',
    'pt-BR',
    'sv-SE',
    'ja-JP',
  ])('reads back in %s what it prints', (locale) => {
    for (const currency of ['EUR', 'USD', 'JPY', 'KWD', 'INR']) {
      for (const minor of [0n, 1n, 7n, 99n, 100n, 1005n, 123456n, 98765432101n]) {
        const printed = formatMoney(fromMinor(minor, currency), { locale })
        expect(parseMoney(printed, currency, locale), printed).toEqual({ ok: true, minor })
        const edited = editMoney(minor, currency, locale)
        expect(parseMoney(edited, currency, locale), edited).toEqual({ ok: true, minor })
      }
    }
  })
})

describe('formatMoney', () => {
  it.each([
    ['en-US', '0.07', 'USD', '$0.07'],
    ['en-US', '12345', 'JPY', '¥12,345'],
    ['de-DE', '1234.00', 'EUR', '1.234,00 €'],
    ['en-US', '1.005', 'KWD', 'KWD 1.005'],
    ['en-US', '100.00', 'HUF', 'HUF 100.00'],
    ['en-US', '90071992547409931.27', 'EUR', '€90,071,992,547,409,931.27'],
    ['en-US', '-5.00', 'EUR', '−€5.00'],
    ['en-US', '-0.00', 'EUR', '€0.00'],
  ])('%s %s %s', (locale, amount, currency, text) => {
    const printed = plain(formatMoney({ amount, currency }, { locale }))
    expect(printed).toBe(text)
  })

  it('signs both ways on request, and never zero', () => {
    const signed = (amount: string) =>
      formatMoney({ amount, currency: 'EUR' }, { locale: 'en-US', signed: true })
    expect([signed('5.00'), signed('-5.00'), signed('0.00')]).toEqual(['+€5.00', '−€5.00', '€0.00'])
  })

  it('leaves the sign out on request', () => {
    expect(
      formatMoney({ amount: '-5.00', currency: 'EUR' }, { locale: 'en', unsigned: true }),
    ).toBe('€5.00')
  })
})

describe('arithmetic', () => {
  it('adds without loss', () => {
    expect(sum([10n, -3n, 2n ** 62n])).toBe(2n ** 62n + 7n)
    expect(sum([])).toBe(0n)
  })

  it('totals per currency', () => {
    const moneys = [
      { amount: '0.10', currency: 'EUR' },
      { amount: '500', currency: 'JPY' },
      { amount: '0.20', currency: 'EUR' },
    ]
    expect(totals(moneys)).toEqual([
      { amount: '0.30', currency: 'EUR' },
      { amount: '500', currency: 'JPY' },
    ])
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
