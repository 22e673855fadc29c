import type { ApolloCache } from '@apollo/client'
import { unmask, type Masked } from '../../api/fragments'
import { ExpenseParts, type ExpensePartsFragment } from './documents.generated'
import { acceptGroup, type GroupLiveFragment } from '../groups'

type Answered = Masked<ExpensePartsFragment> & { group: Masked<GroupLiveFragment> }

/** Takes a changed expense over into the cache, and its group as it is with the change; opens it. */
export function acceptExpense(cache: ApolloCache, { group, ...answer }: Answered) {
  const expense = unmask<ExpensePartsFragment>(answer)
  acceptGroup(cache, group)
  const target = {
    id: cache.identify({ __typename: 'Expense', id: expense.id }),
    fragment: ExpenseParts,
    fragmentName: 'ExpenseParts',
  }
  const shown = cache.readFragment(target)
  if (!shown || shown.version < expense.version) cache.writeFragment({ ...target, data: expense })
  return expense
}
