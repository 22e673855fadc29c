import { abs, toMinor, type Money } from '../../lib/money'

/** The largest amount, whatever its sign: what fills a whole bar. */
export function largest(moneys: readonly Money[]): bigint {
  return moneys.map((money) => abs(toMinor(money))).reduce((a, b) => (a > b ? a : b), 0n)
}

export function bySize(a: { total: Money }, b: { total: Money }): number {
  const difference = toMinor(b.total) - toMinor(a.total)
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}
