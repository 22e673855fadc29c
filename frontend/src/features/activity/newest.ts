import { unmask, type Masked } from '../../api/fragments'
import type { ActivityPageFragment, ActivityRowFragment } from './documents.generated'

/** When the newest entry of a feed happened. */
export function newestOf(
  feed: Masked<ActivityPageFragment> | null | undefined,
): string | undefined {
  const [newest] = feed ? unmask<ActivityPageFragment>(feed).edges : []
  return newest && unmask<ActivityRowFragment>(newest.node).at
}
