import { keep, readKept } from '../../lib/kept'
import type { Without } from './split'

const nameOf = (viewerId: string) => `sharers.${viewerId}`

/** Who was left out last time; undefined if nobody was. `viewerId` is a member of one group. */
export function lastSharers(viewerId: string): Without | undefined {
  return readKept(nameOf(viewerId)) as Without | undefined
}

export function keepLastSharers(viewerId: string, without: Without): void {
  if (Object.values(without).some(Boolean)) keep(nameOf(viewerId), without)
}
