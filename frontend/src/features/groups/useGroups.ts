import { skipToken, useQuery } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { unmask } from '../../api/fragments'
import { Groups, type GroupSummaryFragment } from './list.generated'

const PAGE = 50

/** The viewer's groups, page by page or `all` of them: those in use, or the archived ones. */
export function useGroups({ archived = false, all = false, skip = false } = {}) {
  const { data, error, loading, refetch, fetchMore } = useQuery(
    Groups,
    skip ? skipToken : { variables: { first: PAGE, archived }, notifyOnNetworkStatusChange: true },
  )
  const connection = data?.groups
  const { hasNextPage, endCursor } = connection?.pageInfo ?? {}

  const [failure, setFailure] = useState<Error>()
  useEffect(() => {
    if (all && hasNextPage)
      fetchMore({ variables: { after: endCursor } }).catch((reason: unknown) => {
        if (reason instanceof Error) setFailure(reason)
      })
  }, [all, hasNextPage, endCursor, fetchMore])

  // A sum over some of the groups would be wrong.
  const incomplete = all && hasNextPage
  return {
    groups: incomplete
      ? undefined
      : connection?.edges.map(({ node }) => unmask<GroupSummaryFragment>(node)),
    error: error ?? failure,
    loading,
    retry: () => {
      setFailure(undefined)
      return refetch()
    },
    /** What the end of the list needs to load more, while there is more. */
    more: hasNextPage
      ? {
          after: endCursor,
          busy: loading,
          onLoad: () => void fetchMore({ variables: { after: endCursor } }),
        }
      : undefined,
  }
}
