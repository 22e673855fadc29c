import type { People, Person } from '../groups'
import type { Errors, ExpenseForm, Reading } from './form'
import type { Shares } from './MemberAmounts'

/** How the parts of the form see it. */
export interface FormProps {
  form: ExpenseForm
  change: (changes: Partial<ExpenseForm>) => void
  reading: Reading
  errors: Errors
  people: People
  /** Who can pay and share. */
  members: readonly Person[]
}

/** How the fields of a split mode see it. */
export interface ModeProps extends FormProps {
  preview: Shares
}
