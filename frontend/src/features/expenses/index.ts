/** What other features use of expenses: the form, categories, and words for parts of an expense. */
export { CategoryIcon, categoryLabel } from './categories'
export { contentOf, formOf } from './edit'
export { partsLabel } from './effect'
export { ExpenseFields } from './ExpenseFields'
export { emptyForm, type ExpenseForm } from './form'
export { ItemList } from './ItemList'
export { splitSentence } from './split'
export { useExpenseForm } from './useExpenseForm'
