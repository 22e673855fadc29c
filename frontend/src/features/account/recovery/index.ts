/** The pages that mailed links lead to, loaded together: each is small. */
export { ConfirmEmailPage } from './ConfirmEmailPage'
export { ForgotPage } from './ForgotPage'
export { ResetPage } from './ResetPage'
