/** What other features use of accounts: the page around signed-out forms, and the signed-in person. */
export { AccountFrame } from './AccountFrame'
export { Me } from './documents.generated'
