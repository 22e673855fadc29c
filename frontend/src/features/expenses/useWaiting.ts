import { useMemo, useSyncExternalStore } from 'react'
import { useSession } from '../../api/services'
import { outbox, type Waiting } from './outbox'

/** What the person at this browser has waiting to be sent: in one group, or in all. */
export function useWaiting(groupId?: string): readonly Waiting[] {
  const all = useSyncExternalStore(outbox.subscribe, outbox.all)
  const session = useSession()
  const userId = session.userId()
  return useMemo(
    () =>
      all.filter((each) => each.userId === userId && (!groupId || each.input.groupId === groupId)),
    [all, userId, groupId],
  )
}
