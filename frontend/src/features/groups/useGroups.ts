import { useQuery } from '@apollo/client/react'
import { Groups, type GroupsQuery } from './documents.generated'

const PAGE = 50

export type GroupRow = GroupsQuery['groups']['edges'][number]['node']

/** The viewer's groups, page by page. */
export function useGroups() {
  const { data, error, loading, refetch, fetchMore } = useQuery(Groups, {
    variables: { first: PAGE },
    notifyOnNetworkStatusChange: true,
  })
  const connection = data?.groups
  const { hasNextPage, endCursor } = connection?.pageInfo ?? {}
  return {
    groups: connection?.edges.map(({ node }) => node),
    error,
    loading,
    retry: () => void refetch(),
    more: hasNextPage ? () => void fetchMore({ variables: { after: endCursor } }) : undefined,
  }
}
