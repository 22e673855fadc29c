import { currentLocale } from '../i18n'
import { separatorsOf } from './numerals'
import { decimalText, exponentOf, fromMinor, type Money } from './units'

export interface FormatOptions {
  locale?: string
  /** Print + or - in front of everything but zero. */
  signed?: boolean
  /** Leave the sign to the words around the amount. */
  unsigned?: boolean
}

const formatters = new Map<string, Intl.NumberFormat>()

function formatter(locale: string, currency: string, signed: boolean): Intl.NumberFormat {
  const key = `${locale} ${currency} ${signed}`
  const known = formatters.get(key)
  if (known) return known
  const digits = exponentOf(currency)
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signed ? 'exceptZero' : 'negative',
  })
  formatters.set(key, made)
  return made
}

/** The amount as the reader's locale writes it. Intl formats decimal strings exactly. */
export function formatMoney(money: Money, options: FormatOptions = {}): string {
  const { locale = currentLocale(), signed = false, unsigned = false } = options
  const amount = unsigned ? money.amount.replace('-', '') : money.amount
  const text = formatter(locale, money.currency, signed).format(amount as Intl.StringNumericLiteral)
  // The true minus is as wide as the plus and the digits.
  return text.replace('-', '−')
}

/** The amount as one would type it into a field: no symbol, no grouping. */
export function editMoney(minor: bigint, currency: string, locale = currentLocale()): string {
  return fromMinor(minor, currency).amount.replace('.', separatorsOf(locale, currency).decimal)
}

/** Hundredths as the reader's locale writes them, without idle zeros. */
export function formatHundredths(hundredths: bigint, locale = currentLocale()): string {
  const text = decimalText(hundredths, 2) as Intl.StringNumericLiteral
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(text)
}
