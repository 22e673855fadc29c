import type { People, Person } from '../groups'
import type { Errors, ExpenseForm, Field, Reading } from './form'
import type { Shares } from './MemberAmounts'

/** What opens below the line that sums the form up. */
export type Panel = 'payers' | 'split' | 'more'

/** The panel that a field is in; the others are always to be seen. */
export const PANEL_OF: Partial<Record<Field, Panel>> = {
  payers: 'payers',
  split: 'split',
  date: 'more',
  category: 'more',
  notes: 'more',
}

/** How the parts of the form see it. */
export interface FormProps {
  form: ExpenseForm
  change: (changes: Partial<ExpenseForm>) => void
  reading: Reading
  errors: Errors
  open: ReadonlySet<Panel>
  toggle: (panel: Panel) => void
  people: People
  /** Who can pay and share. */
  members: readonly Person[]
  /** The currency of the group. */
  groupCurrency: string
  /** The category that an expense gets where none is chosen; empty when that is not known. */
  guess?: string
}

/** How the fields of a split mode see it. */
export interface ModeProps extends Omit<FormProps, 'open' | 'toggle' | 'groupCurrency' | 'guess'> {
  preview: Shares
}
