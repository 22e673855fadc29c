import { EXPONENTS } from '../currencies.generated'

/**
 * Exact money. Amounts are decimal strings on the wire and BigInt minor units in between;
 * no amount ever becomes a JavaScript number.
 */

export interface Money {
  amount: string
  currency: string
}

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
