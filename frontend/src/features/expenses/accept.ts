import type { ApolloCache } from '@apollo/client'
import type { ExpensePartsFragment, GroupLiveFragment } from '../../api/gql/graphql'
import { acceptGroup } from '../groups'
import { ExpenseParts } from './documents'

type Answered = ExpensePartsFragment & { group: GroupLiveFragment }

/** Takes a changed expense over into the cache, and its group as it is with the change. */
export function acceptExpense(cache: ApolloCache, { group, ...expense }: Answered): void {
  acceptGroup(cache, group)
  const target = {
    id: cache.identify({ __typename: 'Expense', id: expense.id }),
    fragment: ExpenseParts,
    fragmentName: 'ExpenseParts',
  }
  const shown = cache.readFragment(target)
  if (!shown || shown.version < expense.version) cache.writeFragment({ ...target, data: expense })
}
