import { skipToken, useQuery } from '@apollo/client/react'
import { useEffect } from 'react'
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

  // Whoever adds up, or looks for somebody, does so over all groups.
  useEffect(() => {
    if (all && hasNextPage) void fetchMore({ variables: { after: endCursor } })
  }, [all, hasNextPage, endCursor, fetchMore])

  return {
    groups: connection?.edges.map(({ node }) => unmask<GroupSummaryFragment>(node)),
    error,
    loading,
    retry: () => void refetch(),
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
