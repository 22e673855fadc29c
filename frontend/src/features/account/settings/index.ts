/** The pages about an account, loaded together: each is small. */
export { DeleteAccountPage } from './DeleteAccountPage'
export { DevicesPage } from './DevicesPage'
export { PasswordPage } from './PasswordPage'
export { ProfilePage } from './ProfilePage'
