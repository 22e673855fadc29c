/** What other features use of friends: who they are, what to do about them, and what two friends share. */
export { FriendActions } from './FriendActions'
export { Requests } from './Requests'
export { useDirectGroup } from './useDirectGroup'
export { type Friend, useFriends, useFriendsLive } from './useFriends'
export { SendFriendRequestTo } from './documents.generated'
