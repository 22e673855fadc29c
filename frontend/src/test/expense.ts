import { mask, type Masked } from '../api/fragments'
import type { EnteredSplitFragment } from '../features/expenses/documents.generated'
import type { Detail } from '../features/expenses/edit'

const ref = (id: string) => ({ __typename: 'Member', id }) as const
export const euro = (amount: string) => ({ __typename: 'Money', amount, currency: 'EUR' }) as const
export const share = (id: string, amount: string) =>
  ({ __typename: 'Share', member: ref(id), amount: euro(amount) }) as const

/** A split as it was entered. */
export function entered(changes: Partial<EnteredSplitFragment>): Masked<EnteredSplitFragment> {
  const nothing = { equal: null, exact: null, percent: null, weights: null, adjustments: null }
  // The cache knows by it to which type the fragment is applied.
  const type = { __typename: 'SplitRule' }
  return mask<EnteredSplitFragment>({ ...type, ...nothing, items: null, ...changes })
}

/** A dinner of 100.00 that Ada paid for herself and Ben. */
export function dinner(changes: Partial<Detail> = {}): Detail {
  const revision = {
    __typename: 'ExpenseRevision',
    version: 1,
    at: '2026-11-20T20:00:00Z',
    by: ref('ada'),
    action: 'ADDED',
    changed: [],
    attachment: null,
    description: 'Dinner',
    total: euro('100.00'),
    date: '2026-11-20',
    category: 'dining',
  } as const
  return {
    __typename: 'Expense',
    id: 'e',
    description: 'Dinner',
    total: euro('100.00'),
    date: '2026-11-20',
    category: 'dining',
    schedule: null,
    rate: null,
    converted: null,
    notes: null,
    payers: [share('ada', '100.00')],
    splitMode: 'EQUAL',
    shares: [share('ada', '50.00'), share('ben', '50.00')],
    items: [],
    splitInput: entered({ equal: ['ada', 'ben'] }),
    createdAt: revision.at,
    createdBy: ref('ada'),
    deletedAt: null,
    editable: true,
    version: 1,
    advice: null,
    history: [revision],
    ...changes,
  } as Detail
}
