import { useQuery } from '@apollo/client/react'
import type { ExpenseFilter } from '../../api/schema.generated'
import { unmask } from '../../api/fragments'
import { useRefetchOn } from '../../api/useRefetchOn'
import { type ExpensePartsFragment, GroupExpenses } from './documents.generated'
import type { GroupContext } from '../groups'

const PAGE = 50

/**
 * A group's expenses, newest first, maybe only some of them. They are asked for again
 * whenever something of the group has moved.
 */
export function useExpenses(
  { group: { id, ledgerVersion }, nudges }: GroupContext,
  filter: ExpenseFilter | undefined,
) {
  const { data, error, loading, refetch, fetchMore } = useQuery(GroupExpenses, {
    // How many a search finds is not shown, and costs more than its first page.
    variables: { id, first: PAGE, filter, counted: !filter },
    notifyOnNetworkStatusChange: true,
    // A question on the way may be older than what it is asked for.
    context: { queryDeduplication: false },
  })
  useRefetchOn(ledgerVersion, refetch)
  useRefetchOn(nudges, refetch)
  const connection = data?.group?.expenses
  const { hasNextPage, endCursor } = connection?.pageInfo ?? {}
  return {
    expenses: connection?.edges.map(({ node }) => unmask<ExpensePartsFragment>(node)),
    total: connection?.totalCount ?? 0,
    error,
    loading,
    retry: () => void refetch(),
    end: endCursor,
    more: hasNextPage ? () => void fetchMore({ variables: { after: endCursor } }) : undefined,
  }
}
