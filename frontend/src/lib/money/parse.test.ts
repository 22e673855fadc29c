import { describe, expect, it } from 'vitest'
import { EXPONENTS } from '../currencies.generated'
import { editMoney, formatMoney } from './format'
import { isSum, parseHundredths, parseMoney, withoutMinus } from './parse'
import { fromMinor } from './units'

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
    ['en-US', 'EUR', '1.2.3', 'malformed'],
    ['en-US', 'EUR', '12,34,5', 'malformed'],
    ['en-US', 'EUR', '1,23.45', 'malformed'],
    ['en-US', 'EUR', '1.234,567.8', 'malformed'],
    ['en-US', 'EUR', '0x10', 'malformed'],
    ['en-US', 'EUR', 'Infinity', 'malformed'],
    ['de-DE', 'EUR', '0.123', 'decimals'],
    ['en-US', 'JPY', '1.5', 'decimals'],
    ['en-US', 'KWD', '1.2345', 'decimals'],
    ['en-US', 'EUR', '92233720368547758.08', 'range'],
  ]
  it.each(refused)('%s %s refuses %j: %s', (locale, currency, text, problem) => {
    expect(parseMoney(text, currency, locale)).toEqual({ ok: false, problem })
  })
})

type Case = [locale: string, currency: string, text: string, minor: bigint]

const reads = (cases: Case[]) => {
  it.each(cases)('%s %s %j', (locale, currency, text, minor) => {
    expect(parseMoney(text, currency, locale)).toEqual({ ok: true, minor })
  })
}

const refuses = (cases: [locale: string, currency: string, text: string, problem: string][]) => {
  it.each(cases)('%s %s refuses %j: %s', (locale, currency, text, problem) => {
    expect(parseMoney(text, currency, locale)).toEqual({ ok: false, problem })
  })
}

describe('sums', () => {
  reads([
    ['en-US', 'EUR', '12+4.50', 1650n],
    ['de-DE', 'EUR', '3*2,20', 660n],
    ['en-US', 'EUR', '3 x 2.20', 660n],
    ['en-US', 'EUR', '3×2.20 + 1', 760n],
    ['en-US', 'EUR', '1 + 2 * 3', 700n],
    ['en-US', 'EUR', '20 − 5.50', 1450n],
    ['en-US', 'EUR', '5-7', -200n],
    ['en-US', 'EUR', '€12 + €4.50', 1650n],
    ['en-US', 'EUR', '1.5*1.5', 225n],
    ['en-US', 'EUR', '0.125*8', 100n],
    ['en-US', 'JPY', '0.5 * 300', 150n],
    ['de-CH', 'CHF', '20.- + 5.50', 2550n],
    ['de-CH', 'CHF', '20.- * 2', 4000n],
    ['hi-IN', 'INR', '१२+४.५०', 1650n],
    ['en-US', 'EUR', '1,000+2,500.50', 350050n],
  ])
  refuses([
    ['en-US', 'EUR', '12+', 'malformed'],
    ['en-US', 'EUR', '*3', 'malformed'],
    ['en-US', 'EUR', '1++2', 'malformed'],
    ['en-US', 'EUR', '12+-3', 'malformed'],
    ['en-US', 'EUR', '3**2', 'malformed'],
    ['en-US', 'EUR', '1.15*1.5', 'decimals'],
    ['en-US', 'EUR', '3*1.000', 'unclear'],
    ['en-US', 'EUR', '92233720368547758.07+0.01', 'range'],
  ])

  it('are told from single amounts', () => {
    expect(['12+4', '٣*٢', '3 x 2', '$5 - $2'].map(isSum)).toEqual([true, true, true, true])
    expect(['-5', '20.-', '12.50', 'US-$ 5', ''].map(isSum)).toEqual(Array(5).fill(false))
  })
})

describe('digits, marks and words of the world', () => {
  reads([
    ['en-US', 'EUR', '١٢٫٣٤', 1234n],
    ['en-US', 'EUR', '१२.३४', 1234n],
    ['en-US', 'EUR', '১২.৩৪', 1234n],
    ['en-US', 'EUR', '๑๒.๓๔', 1234n],
    ['en-US', 'EUR', '𝟏𝟐.𝟑𝟒', 1234n],
    ['ja-JP', 'JPY', '１，２３４円', 1234n],
    ['ja-JP', 'JPY', '￥１２３４', 1234n],
    ['de-CH', 'CHF', '20.-', 2000n],
    ['de-CH', 'CHF', 'Fr. 20.–', 2000n],
    ['de-CH', 'CHF', 'Fr.20', 2000n],
    ['nl-NL', 'EUR', '€ 20,-', 2000n],
    ['nl-NL', 'EUR', '€ -20,50', -2050n],
    ['da-DK', 'DKK', '20,50 kr.', 2050n],
    ['en-US', 'SEK', 'kr.20', 2000n],
    ['en-US', 'USD', '20 dollars', 2000n],
    ['en-US', 'EUR', '1 euro', 100n],
    ['pl-PL', 'PLN', '5 złotych', 500n],
    ['de-DE', 'USD', '5 US-Dollar', 500n],
    ['en-IN', 'INR', 'Rs. 1,00,000', 10000000n],
    ['he-IL', 'ILS', '\u200f12.34\u00a0\u200f₪', 1234n],
    ['ar-AE', 'AED', '\u200f12.34 د.إ.\u200f', 1234n],
    ['en-US', 'EUR', '\u2066−5.00\u2069', -500n],
  ])
  refuses([
    ['en-US', 'EUR', '12 50', 'malformed'],
    ['en-US', 'EUR', '12€50', 'malformed'],
    ['en-US', 'EUR', '$12', 'malformed'],
    ['en-US', 'EUR', '12 apples', 'malformed'],
    ['en-US', 'EUR', '12²', 'malformed'],
    ['en-US', 'EUR', 'EUR.50', 'unclear'],
  ])
})

describe('three digits behind one separator', () => {
  refuses([
    ['en-US', 'EUR', '1.000', 'unclear'],
    ['en-US', 'EUR', '1.005', 'unclear'],
    ['en-US', 'EUR', '€ 12.500', 'unclear'],
    ['en-US', 'KWD', '1,250', 'unclear'],
    ['de-DE', 'KWD', '1.250', 'unclear'],
    ['de-DE', 'EUR', '1,000', 'unclear'],
    ['fr-FR', 'EUR', '1.000', 'unclear'],
    ['en-US', 'JPY', '1.234', 'unclear'],
  ])
  // What the locale itself writes, or what cannot be read in two ways.
  reads([
    ['en-US', 'EUR', '1,000', 100000n],
    ['de-DE', 'EUR', '1.000', 100000n],
    ['de-DE', 'KWD', '1,250', 1250n],
    ['fr-FR', 'KWD', '1 250', 1250000n],
    ['en-US', 'EUR', '1.000.000', 100000000n],
  ])
})

describe('parseHundredths', () => {
  it.each([
    ['en-US', '12.5 %', 1250n],
    ['de-DE', '33,33', 3333n],
    ['ar-EG', '٥٠٪', 5000n],
  ])('%s %j', (locale, text, minor) => {
    expect(parseHundredths(text, locale)).toEqual({ ok: true, minor })
  })
})

describe('withoutMinus', () => {
  it.each([
    ['-5', '5'],
    ['−€5.00', '€5.00'],
    ['\u200e-٥', '\u200e٥'],
    ['CHF-5.00', 'CHF5.00'],
    ['5-3', undefined],
    ['20.-', undefined],
  ])('%j', (text, rest) => {
    expect(withoutMinus(text)).toBe(rest)
  })
})

const LOCALES = [
  ...['en-US', 'en-GB', 'en-IN', 'en-ZA', 'de-DE', 'de-AT', 'de-CH', 'fr-FR', 'fr-CH', 'fr-CA'],
  ...['es-ES', 'es-MX', 'it-IT', 'pt-BR', 'pt-PT', 'nl-NL', 'da-DK', 'sv-SE', 'nb-NO', 'fi-FI'],
  ...['pl-PL', 'cs-CZ', 'hu-HU', 'ro-RO', 'bg-BG', 'uk-UA', 'tr-TR', 'el-GR', 'lv-LV', 'et-EE'],
  ...['ar-EG', 'ar-AE', 'he-IL', 'fa-IR', 'ur-PK', 'hi-IN', 'bn-BD', 'mr-IN', 'ne-NP', 'my-MM'],
  ...['th-TH', 'vi-VN', 'ja-JP', 'ko-KR', 'zh-CN', 'zh-TW', 'id-ID', 'sw-KE', 'am-ET', 'pt-CV'],
]
const MINORS = [0n, 1n, 99n, 1000n, 123456n, 12345678n, -1050n, -98765432101n]

describe('what the app prints is read back', () => {
  it.each(LOCALES)('in %s, in every currency', (locale) => {
    const wrong: string[] = []
    for (const currency of Object.keys(EXPONENTS)) {
      for (const minor of MINORS) {
        const money = fromMinor(minor, currency)
        const printed = [
          formatMoney(money, { locale }),
          formatMoney(money, { locale, signed: true }),
          editMoney(minor, currency, locale),
        ]
        for (const text of printed) {
          const parsed = parseMoney(text, currency, locale)
          if (!parsed.ok || parsed.minor !== minor) wrong.push(`${currency} ${text}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })
})
