/** What other features use of groups: the group around them, its people, and the list of groups. */
export {
  GroupLive,
  type GroupLiveFragment,
  type GroupNameFragment,
  type GroupPeopleFragment,
} from './documents.generated'
export { whyNotEditable } from './editing'
export { acceptGroup } from './follow'
export { GroupList } from './GroupList'
export { KindIcon, kindLabel } from './kinds'
export { Groups, type GroupSummaryFragment } from './list.generated'
export { OwnBalance } from './OwnBalance'
export { People, type Person } from './people'
export { friendIn, groupTitle, isDirect } from './title'
export { Totals } from './Totals'
export { type GroupContext, useGroup } from './useGroup'
export { useActivityLive, useActivityStream } from './useActivityLive'
export { useGroups } from './useGroups'
export { type FriendBalance, useStanding } from './useStanding'
