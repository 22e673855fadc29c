import { currentLocale } from '../i18n'
import { latinDigits, namesOf, plainSigns, separatorsOf, type Separators } from './numerals'
import { RATE_DECIMALS } from './rate'
import { exponentOf } from './units'

/** Reads the amounts that people type or paste. What could be two amounts is refused, never guessed. */

/** `unclear`: three digits behind a separator that could be decimals as well as thousands. */
export type ParseProblem = 'empty' | 'malformed' | 'decimals' | 'range' | 'unclear'
type Refused = { ok: false; problem: ParseProblem }
export type Parsed = { ok: true; minor: bigint } | Refused

const LARGEST = 2n ** 63n - 1n

/**
 * Reads an amount, or a sum of amounts and products: "12+4.50", "3*2,20". The separators are those of
 * the locale, the digits those of any script; the currency may stand beside it.
 */
export function parseMoney(text: string, currency: string, locale = currentLocale()): Parsed {
  const separators = separatorsOf(locale, currency)
  const numbers = canonical(plainSigns(text), separators)
  const typed = withoutNames(numbers, namesOf(currency, locale))
  return parseSum(typed, exponentOf(currency), separators)
}

/** Reads a percentage or weight, in hundredths: "12.5 %" is 1250n. */
export function parseHundredths(text: string, locale = currentLocale()): Parsed {
  const separators = separatorsOf(locale)
  return parseSum(canonical(plainSigns(text), separators).replace(/[%٪]/, ''), 2, separators)
}

/** Reads a rate of exchange, in units of 10 to the power of -10: see rate.ts. */
export function parseRate(text: string, locale = currentLocale()): Parsed {
  const separators = separatorsOf(locale)
  return parseSum(canonical(plainSigns(text), separators), RATE_DECIMALS, separators)
}

/** Whether an amount is still to be worked out. */
export function isSum(text: string): boolean {
  return /\d[^\d]*[+*-][^\d]*\d/.test(withSigns(latinDigits(plainSigns(text))))
}

/** The text without the minus in front of its first digit; undefined where there is none. */
export function withoutMinus(text: string): string | undefined {
  const signed = /^(\P{Nd}*?)[-−–－﹣](.*)$/su.exec(text)
  return signed ? `${signed[1] ?? ''}${signed[2] ?? ''}` : undefined
}

/** Where a name of the currency stood. */
const NAME = '¤'

function withoutNames(text: string, names: readonly string[]): string {
  return names.reduce((rest, name) => rest.replaceAll(name, NAME), text)
}

/** One kind of minus and times. "0x10" is no product, but the number of a programmer. */
function withSigns(text: string): string {
  return text
    .replace(/[−–—﹣]/gu, '-')
    .replace(/[×·⋅∗]/gu, '*')
    .replace(/(?<!^ ?0)X/gu, '*')
}

/** A value without floats: `digits` are counted in units of 10 to the power of -`scale`. */
interface Exact {
  digits: bigint
  scale: number
}

function parseSum(text: string, exponent: number, separators: Separators): Parsed {
  // "20.-" and "20,--" are round amounts.
  const typed = withSigns(text).replace(/[.,]-{1,2}(?=\s*(?:[¤+*]|$))/g, '')
  if (/^[\s¤]*$/.test(typed)) return refused('empty')
  let total: Exact = { digits: 0n, scale: 0 }
  for (const [sign, product] of termsOf(typed)) {
    const value = readProduct(product, exponent, separators)
    if ('problem' in value) return value
    total = add(total, sign === '-' ? { ...value, digits: -value.digits } : value)
  }
  return unitsOf(total, exponent)
}

const refused = (problem: ParseProblem): Refused => ({ ok: false, problem })

/** Latin digits, and "." and "," as the only separators but blanks and apostrophes. */
function canonical(text: string, { decimal, group }: Separators): string {
  let typed = latinDigits(text)
  // In Cape Verde it is "$", which is a currency elsewhere.
  if (decimal === '$') typed = typed.replace(/(?<=\d)\$(?=\d)/g, '.')
  if (!/[.,\s]/.test(group)) typed = typed.replaceAll(group, "'")
  return typed.replaceAll('٫', '.').replaceAll('٬', "'").replace(/[’ʼ]/gu, "'")
}

/** The parts of a sum with the signs before them. A sign belongs to a number, also behind a currency. */
function termsOf(typed: string): [sign: string, product: string][] {
  const [first = '', ...rest] = typed.split(/(?<=[\d.,][\s¤]*)([+-])/)
  const leading = /^([\s¤]*)([+-])(.*)$/s.exec(first)
  const terms: [string, string][] = leading
    ? [[leading[2] ?? '+', `${leading[1] ?? ''}${leading[3] ?? ''}`]]
    : [['+', first]]
  for (let index = 0; index < rest.length; index += 2) {
    terms.push([rest[index] ?? '+', rest[index + 1] ?? ''])
  }
  return terms
}

function readProduct(product: string, exponent: number, separators: Separators): Exact | Refused {
  let result: Exact = { digits: 1n, scale: 0 }
  for (const factor of product.split('*')) {
    const value = readNumber(factor, exponent, separators)
    if ('problem' in value) return value
    result = { digits: result.digits * value.digits, scale: result.scale + value.scale }
  }
  return result
}

function readNumber(text: string, exponent: number, separators: Separators): Exact | Refused {
  // A dot that touches both a name and a digit may belong to either: "kr.50".
  if (/¤[.,]\d/.test(text)) return refused('unclear')
  const number = text
    .replace(/¤\./g, NAME)
    .replace(/^[\s¤]+|[\s¤]+$/g, '')
    .replaceAll(' ', "'")
  if (isUnclear(number, exponent, separators)) return refused('unclear')
  const { whole, decimals } = splitDecimals(number, separators) ?? { whole: '', decimals: '' }
  const digits = whole + decimals
  return /^\d+$/.test(digits)
    ? { digits: BigInt(digits), scale: decimals.length }
    : refused('malformed')
}

/** One separator before three digits counts only as what the locale and the currency both make of it. */
function isUnclear(number: string, exponent: number, { decimal, group }: Separators): boolean {
  const mark = /^[1-9]\d{0,2}([.,])\d{3}$/.exec(number)?.[1]
  if (!mark) return false
  if (mark === localDecimal(decimal)) return exponent < 3
  return mark !== group || exponent >= 3
}

const localDecimal = (decimal: string) => (decimal === ',' ? ',' : '.')

/**
 * Decides which of "." and "," is the decimal separator. With both, the last one is. With one
 * kind only, the locale decides, unless the text cannot be a grouped number ("12.50" in German).
 */
function splitDecimals(
  typed: string,
  { decimal }: Separators,
): { whole: string; decimals: string } | undefined {
  const last = Math.max(typed.lastIndexOf('.'), typed.lastIndexOf(','))
  if (last < 0) return wholeOf(typed, "'")
  const mark = typed.charAt(last)
  const other = mark === '.' ? ',' : '.'
  const once = typed.indexOf(mark) === last
  const mixed = typed.includes(other) || typed.includes("'")
  if (once && (mixed || mark === localDecimal(decimal) || !isGrouped(typed, mark))) {
    const whole = wholeOf(typed.slice(0, last), typed.includes(other) ? other : "'")
    return whole && { ...whole, decimals: typed.slice(last + 1) }
  }
  return mixed ? undefined : wholeOf(typed, mark)
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

function wholeOf(text: string, mark: string): { whole: string; decimals: string } | undefined {
  if (!text.includes(mark)) return { whole: text, decimals: '' }
  return isGrouped(text, mark) ? { whole: text.replaceAll(mark, ''), decimals: '' } : undefined
}

const tenTo = (power: number) => 10n ** BigInt(power)

function add(a: Exact, b: Exact): Exact {
  const scale = Math.max(a.scale, b.scale)
  const digits = a.digits * tenTo(scale - a.scale) + b.digits * tenTo(scale - b.scale)
  return { digits, scale }
}

/** Units of 10 to the power of -`exponent`, if it is a whole number of them. */
function unitsOf({ digits, scale }: Exact, exponent: number): Parsed {
  const divisor = tenTo(Math.max(0, scale - exponent))
  if (digits % divisor !== 0n) return refused('decimals')
  const minor = (digits / divisor) * tenTo(Math.max(0, exponent - scale))
  const size = minor < 0n ? -minor : minor
  return size > LARGEST ? refused('range') : { ok: true, minor }
}
