import { useApolloClient } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import type { CustomCategoryFragment } from './documents.generated'

interface Known {
  groupId: string
  categories: readonly CustomCategoryFragment[]
}

const NONE: readonly CustomCategoryFragment[] = []

/** The categories that a group has added, looked up again with every nudge. The page is of use before they are here. */
export function useGroupCategories(groupId: string, nudges: number) {
  const client = useApolloClient()
  const [known, setKnown] = useState<Known>()

  useEffect(() => {
    let stop: (() => void) | undefined
    let over = false
    const begin = async () => {
      const { watchCategories } = await import('./watchCategories')
      if (over) return
      stop = watchCategories(client, groupId, (categories) => {
        setKnown({ groupId, categories })
      })
    }
    // Without them, expenses show the words of their categories.
    begin().catch(() => undefined)
    return () => {
      over = true
      stop?.()
    }
  }, [client, groupId, nudges])

  return known?.groupId === groupId ? known.categories : NONE
}
