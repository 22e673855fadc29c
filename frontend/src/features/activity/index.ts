/** What other features use of the activity: the number on the badge. */
export { useUnseen } from './unseen'
