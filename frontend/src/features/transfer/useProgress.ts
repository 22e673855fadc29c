import { useApolloClient } from '@apollo/client/react'
import { useEffect, useRef, useState } from 'react'
import { followStream } from '../../api/stream'
import { ImportMoved, type ImportMovedSubscription } from './documents.generated'

export type Progress = ImportMovedSubscription['importMoved']

/** How far an import has come, from when it is followed. */
export function useProgress() {
  const client = useApolloClient()
  const [progress, setProgress] = useState<Progress>()
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])

  /** Follows the import that is sent with this key, and tells the new group once all is in it. */
  function follow(key: string, onComplete: (groupId: string) => void): void {
    let over = false
    stop.current?.()
    setProgress(undefined)
    stop.current = followStream(
      client,
      ImportMoved,
      { key },
      {
        onData: ({ importMoved }) => {
          over = importMoved.status === 'COMPLETE' || importMoved.status === 'UNDONE'
          setProgress(importMoved)
          const { status, group } = importMoved
          if (status === 'COMPLETE' && group) onComplete(group.id)
        },
        isOver: () => over,
      },
    )
  }

  /** Forgets what was followed: something else is looked at. */
  function clear(): void {
    stop.current?.()
    setProgress(undefined)
  }

  return { progress, follow, clear }
}
