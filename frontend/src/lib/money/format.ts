import { currentLocale } from '../i18n'
import { separatorsOf } from './numerals'
import { decimalText, exponentOf, fromMinor, type Money } from './units'

export interface FormatOptions {
  locale?: string
  /** Print + or - in front of everything but zero. */
  signed?: boolean
  /** Leave the sign to the words around the amount. */
  unsigned?: boolean
  /** Short, as beside the axis of a chart: "€1.2K". It may be rounded. */
  compact?: boolean
}

const formatters = new Map<string, Intl.NumberFormat>()

function formatter(
  locale: string,
  currency: string,
  signed: boolean,
  compact: boolean,
): Intl.NumberFormat {
  const key = `${locale} ${currency} ${signed} ${compact}`
  const known = formatters.get(key)
  if (known) return known
  const digits = exponentOf(currency)
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: compact ? 0 : digits,
    maximumFractionDigits: compact ? Math.max(2, digits) : digits,
    notation: compact ? 'compact' : 'standard',
    signDisplay: signed ? 'exceptZero' : 'negative',
  })
  formatters.set(key, made)
  return made
}

/** The amount as the reader's locale writes it. Intl formats decimal strings exactly. */
export function formatMoney(money: Money, options: FormatOptions = {}): string {
  const { locale = currentLocale(), signed = false, unsigned = false, compact = false } = options
  const amount = unsigned ? money.amount.replace('-', '') : money.amount
  const text = formatter(locale, money.currency, signed, compact).format(
    amount as Intl.StringNumericLiteral,
  )
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
