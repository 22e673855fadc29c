import { useQuery } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { unmask } from '../../api/fragments'
import { Groups, type GroupSummaryFragment } from './list.generated'

const PAGE = 50

/** All groups of the viewer, none until the last page of them is there: a sum over some would be wrong. */
export function useAllGroups() {
  const { data, error, refetch, fetchMore } = useQuery(Groups, {
    variables: { first: PAGE, archived: false },
  })
  const [failure, setFailure] = useState<Error>()
  const { hasNextPage, endCursor } = data?.groups.pageInfo ?? {}

  useEffect(() => {
    if (hasNextPage)
      fetchMore({ variables: { after: endCursor } }).catch((reason: unknown) => {
        if (reason instanceof Error) setFailure(reason)
      })
  }, [hasNextPage, endCursor, fetchMore])

  return {
    groups: hasNextPage
      ? undefined
      : data?.groups.edges.map(({ node }) => unmask<GroupSummaryFragment>(node)),
    error: error ?? failure,
    retry: () => {
      setFailure(undefined)
      void refetch()
    },
  }
}
