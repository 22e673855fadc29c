/** What other features use of accounts: the page around signed-out forms, the signed-in person, and the way back after logging in. */
export { AccountFrame } from './AccountFrame'
export { Me, type ProfileFragment } from './documents.generated'
export { backTo } from './next'
