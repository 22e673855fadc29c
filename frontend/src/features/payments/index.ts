/** What other features use of payments: what is due, the payment a transfer proposes, and reminding. */
export { NeedsYou } from './NeedsYou'
export { paymentOf } from './proposal'
export { RemindButton } from './reminders/RemindButton'
