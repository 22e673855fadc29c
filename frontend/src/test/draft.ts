import type { DraftPartsFragment } from '../features/drafts/documents.generated'
import { euro, share } from './expense'

/** "Pizza 42, Ben paid", read: shared by Ada, who wrote it, and Ben. */
export function pizza(changes: Partial<DraftPartsFragment> = {}): DraftPartsFragment {
  return {
    __typename: 'ExpenseDraft',
    id: 'd',
    group: { __typename: 'Group', id: 'g' },
    text: 'Pizza 42, Ben paid',
    status: 'READY',
    advisor: 'RULES',
    description: 'Pizza',
    total: euro('42.00'),
    date: '2026-11-22',
    category: 'dining',
    payers: [share('ben', '42.00')],
    splitMode: 'EQUAL',
    shares: [share('ada', '21.00'), share('ben', '21.00')],
    items: [],
    payment: null,
    remarks: [],
    ...changes,
  } as DraftPartsFragment
}

/** The same draft while nobody has read it yet. */
export function unread(changes: Partial<DraftPartsFragment> = {}): DraftPartsFragment {
  return pizza({
    status: 'PENDING',
    advisor: null,
    description: null,
    total: null,
    date: null,
    category: null,
    payers: [],
    splitMode: null,
    shares: [],
    ...changes,
  })
}

/** Something that a draft leaves open or takes for granted; its sentence is composed in the app. */
export function remark(code: string, facts: Record<string, string> = {}) {
  const list = Object.entries(facts).map(([name, value]) => ({ name, value }))
  return { code, facts: list, message: 'Said by the server.' }
}
