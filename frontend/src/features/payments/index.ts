/** What other features use of payments: what is due, and the payment a transfer proposes. */
export { NeedsYou } from './NeedsYou'
export { paymentOf } from './proposal'
