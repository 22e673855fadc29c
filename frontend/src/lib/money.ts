import { EXPONENTS } from './currencies.generated'
import { currentLocale } from './i18n'

/**
 * Exact money. Amounts are decimal strings on the wire and BigInt minor units in between;
 * no amount ever becomes a JavaScript number.
 */

export interface Money {
  amount: string
  currency: string
}

export type ParseProblem = 'empty' | 'malformed' | 'decimals' | 'range'
export type Parsed = { ok: true; minor: bigint } | { ok: false; problem: ParseProblem }

const LARGEST = 2n ** 63n - 1n

/** How many decimals the currency has by ISO 4217. Intl follows everyday use instead (HUF 0, IQD 0). */
export function exponentOf(currency: string): number {
  return EXPONENTS[currency] ?? 2
}

/** Minor units of a wire amount ("12.34" EUR is 1234n). Throws on anything the API never sends. */
export function toMinor({ amount, currency }: Money): bigint {
  const minor = unitsOf(amount, exponentOf(currency))
  if (minor === undefined) throw new RangeError(`not ${currency}: ${amount}`)
  return minor
}

/** Hundredths of a wire decimal ("62.5" is 6250n). Throws on anything the API never sends. */
export function toHundredths(decimal: string): bigint {
  const hundredths = unitsOf(decimal, 2)
  if (hundredths === undefined) throw new RangeError(`not hundredths: ${decimal}`)
  return hundredths
}

function unitsOf(decimal: string, exponent: number): bigint | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal)
  const [, sign = '', whole = '', decimals = ''] = match ?? []
  if (!match || decimals.length > exponent) return undefined
  return BigInt(sign + whole + decimals.padEnd(exponent, '0'))
}

/** The wire form of minor units, with all the decimals that the currency has. */
export function fromMinor(minor: bigint, currency: string): Money {
  return { amount: decimalText(minor, exponentOf(currency)), currency }
}

/** Counted units as a decimal: with 2 decimals, 1234n is "12.34". */
export function decimalText(units: bigint, exponent: number): string {
  const digits = abs(units)
    .toString()
    .padStart(exponent + 1, '0')
  const whole = digits.slice(0, digits.length - exponent)
  const decimals = exponent ? `.${digits.slice(-exponent)}` : ''
  return `${units < 0n ? '-' : ''}${whole}${decimals}`
}

export function abs(minor: bigint): bigint {
  return minor < 0n ? -minor : minor
}

export function sum(minors: Iterable<bigint>): bigint {
  let total = 0n
  for (const minor of minors) total += minor
  return total
}

/** -1, 0 or 1: owes, even, is owed. */
export function signOf(money: Money): -1 | 0 | 1 {
  const minor = toMinor(money)
  return minor < 0n ? -1 : minor > 0n ? 1 : 0
}

/** Totals per currency, in the order in which the currencies first appear. */
export function totals(moneys: Iterable<Money>): Money[] {
  const byCurrency = new Map<string, bigint>()
  for (const money of moneys) {
    byCurrency.set(money.currency, (byCurrency.get(money.currency) ?? 0n) + toMinor(money))
  }
  return [...byCurrency].map(([currency, minor]) => fromMinor(minor, currency))
}

/** Parts of a whole in tenths of a percent as CSS text, for bars. */
export function percentOf(part: bigint, whole: bigint): string {
  if (whole === 0n) return '0%'
  const permille = (abs(part) * 1000n) / abs(whole)
  return `${permille / 10n}.${permille % 10n}%`
}

/** What an equal split gives: everybody `each`, and `odd` people one minor unit more. */
export function equalParts(total: bigint, people: number): { each: bigint; odd: bigint } {
  const count = BigInt(people)
  return { each: total / count, odd: abs(total % count) }
}

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
  return fromMinor(minor, currency).amount.replace('.', separatorsOf(locale).decimal)
}

interface Separators {
  decimal: string
  group: string
  digits: string[]
}

function separatorsOf(locale: string): Separators {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1234567.8)
  const find = (type: string) => parts.find((part) => part.type === type)?.value
  const plain = new Intl.NumberFormat(locale, { useGrouping: false })
  const digits = Array.from({ length: 10 }, (_, digit) => plain.format(digit))
  return { decimal: find('decimal') ?? '.', group: find('group') ?? ',', digits }
}

/** Reads what a person typed, in the separators and digits of their locale. */
export function parseMoney(text: string, currency: string, locale = currentLocale()): Parsed {
  let typed = text.toUpperCase().replaceAll(currency, '')
  for (const symbol of symbolsOf(currency, locale))
    typed = typed.replaceAll(symbol.toUpperCase(), '')
  return parseDecimal(typed, exponentOf(currency), locale)
}

/** Reads a typed percentage or weight, in hundredths: "12.5 %" is 1250n. */
export function parseHundredths(text: string, locale = currentLocale()): Parsed {
  return parseDecimal(text.replace('%', ''), 2, locale)
}

/** Hundredths as the reader's locale writes them, without idle zeros. */
export function formatHundredths(hundredths: bigint, locale = currentLocale()): string {
  const text = decimalText(hundredths, 2) as Intl.StringNumericLiteral
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(text)
}

function parseDecimal(text: string, exponent: number, locale: string): Parsed {
  const separators = separatorsOf(locale)
  const typed = normalise(text, separators)
  if (typed === '') return { ok: false, problem: 'empty' }
  const split = splitDecimals(typed.replace(/^[-−]/, ''), separators)
  if (!split || !/^\d+$/.test(split.whole + split.decimals)) {
    return { ok: false, problem: 'malformed' }
  }
  const decimals = split.decimals.replace(/0+$/, '')
  if (decimals.length > exponent) return { ok: false, problem: 'decimals' }
  const units = BigInt(split.whole + decimals.padEnd(exponent, '0'))
  if (units > LARGEST) return { ok: false, problem: 'range' }
  return { ok: true, minor: /^[-−]/.test(typed) ? -units : units }
}

/** Latin digits, one kind of separator each, no blanks. */
function normalise(text: string, { decimal, group, digits }: Separators): string {
  let typed = text
  digits.forEach((digit, value) => (typed = typed.replaceAll(digit, value.toString())))
  if (decimal !== ',') typed = typed.replaceAll(decimal, '.')
  if (group !== '.' && group !== ',') typed = typed.replaceAll(group, '')
  return typed.replace(/[\s'’]/gu, '')
}

function symbolsOf(currency: string, locale: string): string[] {
  return (['symbol', 'narrowSymbol'] as const).map((currencyDisplay) => {
    const options = { style: 'currency', currency, currencyDisplay } as const
    const parts = new Intl.NumberFormat(locale, options).formatToParts(0)
    return parts.find((part) => part.type === 'currency')?.value ?? currency
  })
}

/**
 * Decides which of "." and "," is the decimal separator. With both, the last one is. With one
 * kind only, the locale decides, unless the text cannot be a grouped number ("12.50" in German).
 */
function splitDecimals(
  typed: string,
  { decimal }: Separators,
): { whole: string; decimals: string } | undefined {
  const last = Math.max(typed.lastIndexOf('.'), typed.lastIndexOf(','))
  if (last < 0) return { whole: typed, decimals: '' }
  const mark = typed.charAt(last)
  const other = mark === '.' ? ',' : '.'
  const once = typed.indexOf(mark) === last
  const local = decimal === ',' ? ',' : '.'
  const mixed = typed.includes(other)
  if (once && (mixed || mark === local || !isGrouped(typed, mark))) {
    const whole = ungroup(typed.slice(0, last), other)
    return whole === undefined ? undefined : { whole, decimals: typed.slice(last + 1) }
  }
  const whole = mixed ? undefined : ungroup(typed, mark)
  return whole === undefined ? undefined : { whole, decimals: '' }
}

function isGrouped(text: string, mark: string): boolean {
  const [first = '', ...rest] = text.split(mark)
  const lastGroup = rest.at(-1)
  // Indian numbers group by two above the thousands: 12,34,567.
  const inner = rest.slice(0, -1).every((group) => /^\d{2,3}$/.test(group))
  return (
    /^[1-9]\d{0,2}$/.test(first) && inner && (lastGroup === undefined || /^\d{3}$/.test(lastGroup))
  )
}

function ungroup(text: string, mark: string): string | undefined {
  if (!text.includes(mark)) return text
  return isGrouped(text, mark) ? text.replaceAll(mark, '') : undefined
}
