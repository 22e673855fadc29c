/** What other features use of the activity: how much of it the viewer has not read. */
export { useUnread } from './unread'
