/** What other features use of budgets: the cards of a group's and of the viewer's own. */
export { GroupBudgets, OwnBudgets } from './Budgets'
