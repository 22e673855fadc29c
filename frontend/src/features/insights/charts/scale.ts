import { abs, toMinor, type Money } from '../../../lib/money'

/**
 * Minor units as a number, for the scales of pictures alone: what it rounds in a huge amount is far less than a pixel.
 * Amounts that are read are never made of it.
 */
export function lengthOf(minor: bigint): number {
  return Number.parseInt(minor.toString(), 10)
}

/** The largest amount, whatever its sign: what fills a whole bar. */
export function largest(moneys: readonly Money[]): bigint {
  return highest(moneys.map((money) => abs(toMinor(money))))
}

/** The highest of some minor units; none is below zero. */
export function highest(minors: readonly bigint[]): bigint {
  return minors.reduce((a, b) => (a > b ? a : b), 0n)
}

export function bySize(a: { total: Money }, b: { total: Money }): number {
  const difference = toMinor(b.total) - toMinor(a.total)
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}
