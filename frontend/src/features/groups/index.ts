/** What other features use of groups: the group around them, its people, and taking answers over. */
export { GroupLive, type GroupLiveFragment } from './documents.generated'
export { acceptGroup } from './follow'
export { People, type Person } from './people'
export { type GroupContext, useGroup } from './useGroup'
