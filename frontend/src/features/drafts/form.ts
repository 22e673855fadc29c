import { type ExpenseForm, formOf } from '../expenses'
import type { DraftPartsFragment } from './documents.generated'
import { fromMinor } from '../../lib/money'

/** The form of a draft: what was read out of it, and for the rest what a new form begins with. */
export function formOfDraft(
  draft: DraftPartsFragment,
  members: readonly string[],
  empty: ExpenseForm,
): ExpenseForm {
  const { total, shares, splitMode } = draft
  const read = formOf(
    {
      ...draft,
      description: draft.description ?? '',
      total: total ?? fromMinor(0n, empty.currency),
      date: draft.date ?? empty.date,
      category: draft.category ?? '',
      notes: null,
      splitMode: splitMode ?? 'EQUAL',
    },
    members,
  )
  return {
    ...read,
    amount: total ? read.amount : '',
    payer: read.payer || empty.payer,
    items: read.items.length > 0 ? read.items : empty.items,
    ...(shares.length === 0 && { without: empty.without, kept: keptUnseen(splitMode) }),
  }
}

/** Who takes part is not told before there are shares, but the draft knows; of items, all is told. */
function keptUnseen(mode: DraftPartsFragment['splitMode']): ExpenseForm['kept'] {
  return mode && mode !== 'ITEMS' ? mode : null
}
