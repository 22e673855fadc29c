import { useApolloClient } from '@apollo/client/react'
import { useEffect, useRef, useState } from 'react'
import { send } from '../../api/send'
import { MarkActivitySeen } from './documents.generated'

interface Look {
  /** Up to when the viewer had seen the feed; null for never, undefined while that is not known. */
  seenUpTo: string | null | undefined
  /** When the newest entry that is shown happened; undefined while only some kinds are shown. */
  newest: string | undefined
  groupId?: string
}

/**
 * Remembers that the viewer looks at a feed now, and gives up to when it was seen before. That stays
 * the same as long as the feed is open: what is new does not grow old under the eyes.
 */
export function useSeen({ seenUpTo, newest, groupId }: Look): string | null | undefined {
  const client = useApolloClient()
  const [before, setBefore] = useState(seenUpTo)
  if (before === undefined && seenUpTo !== undefined) setBefore(seenUpTo)
  const marked = useRef('')
  useEffect(() => {
    if (!newest || marked.current >= newest || (seenUpTo && seenUpTo >= newest)) return
    marked.current = newest
    // Who cannot be reached now is told the next time.
    void send(client, MarkActivitySeen, { groupId: groupId ?? null, upTo: newest })
  }, [client, groupId, newest, seenUpTo])
  return before
}
