/** What other features use of payments: what is due, the payment a transfer proposes, reminding, and settling
 * everything with somebody or in a group that was left. */
export { FormerGroups } from './former/FormerGroups'
export { NeedsYou } from './NeedsYou'
export { paymentOf } from './proposal'
export { SettleAll } from './settle/SettleAll'
export { RemindButton } from './reminders/RemindButton'
