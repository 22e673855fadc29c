import { currentLocale } from '../i18n'
import { separatorsOf } from './numerals'
import { decimalText, exponentOf } from './units'

/** How much of one currency a unit of another one is: exact, in units of 10 to the power of -10. */

/** The decimals that a rate can have. */
export const RATE_DECIMALS = 10

const ONE = 10n ** BigInt(RATE_DECIMALS)

/** The wire form, without idle zeros: "0.9227". */
export function rateText(rate: bigint): string {
  return decimalText(rate, RATE_DECIMALS).replace(/\.?0+$/, '')
}

/** A wire rate in units. */
export function rateUnits(rate: string): bigint {
  const [whole = '0', decimals = ''] = rate.split('.')
  return BigInt(whole + decimals.padEnd(RATE_DECIMALS, '0'))
}

/** A wire rate as one would type it. */
export function editRate(rate: string, locale = currentLocale()): string {
  return rate.replace('.', separatorsOf(locale).decimal)
}

/** A rate as the reader's locale writes it; without `digits`, with all that it has. */
export function formatRate(rate: string, digits?: number, locale = currentLocale()): string {
  const style = digits
    ? { maximumSignificantDigits: digits }
    : { maximumFractionDigits: RATE_DECIMALS }
  return new Intl.NumberFormat(locale, style).format(rate as Intl.StringNumericLiteral)
}

/** The same rate seen from the other currency, to be shown: "0.8" is "1.25". */
export function inverseRate(rate: string): string {
  const units = rateUnits(rate)
  return units === 0n ? '0' : rateText((ONE * ONE + units / 2n) / units)
}

/** What an amount is in the other currency, rounded half to even, as the server does it. */
export function convert(minor: bigint, from: string, rate: bigint, to: string): bigint {
  const dividend = minor * rate * 10n ** BigInt(exponentOf(to))
  return divideHalfEven(dividend, ONE * 10n ** BigInt(exponentOf(from)))
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const sign = dividend < 0n ? -1n : 1n
  const size = dividend * sign
  const [quotient, twice] = [size / divisor, (size % divisor) * 2n]
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n)
  return sign * (up ? quotient + 1n : quotient)
}
