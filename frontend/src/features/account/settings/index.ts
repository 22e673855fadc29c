/** The pages about an account, loaded together: each is small. */
export { DeleteAccountPage } from './DeleteAccountPage'
export { DevicesPage } from './DevicesPage'
export { EmailPage } from './EmailPage'
export { NotificationSettingsPage } from './NotificationSettingsPage'
export { PasswordPage } from './PasswordPage'
export { ProfilePage } from './ProfilePage'
export { SecondStepPage } from './SecondStepPage'
