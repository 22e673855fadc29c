import type { Money } from '../../lib/money'
import type { Friend } from '../friends'
import type { FriendBalance, GroupSummaryFragment } from '../groups'

type Transfer = NonNullable<GroupSummaryFragment['settlement']>['transfers'][number]

/** A group that the viewer shares with somebody, and what is to be paid between the two there. */
export interface SharedGroup {
  group: GroupSummaryFragment
  transfers: Transfer[]
}

/** Somebody with whom the viewer shares groups, or who is a friend. */
export interface Contact {
  /** The account's id, or a guest's member id. */
  id: string
  name: string
  picture?: string | null | undefined
  isGuest: boolean
  isFriend: boolean
  shared: SharedGroup[]
  /** More than zero is owed to the viewer; null when it is not known right now. */
  balances: Money[] | null
}

/**
 * Everybody in the viewer's groups and every friend, whom most is to be settled with first, then by name. What is open
 * with a person is `friendBalances`; a guest is in one group, and what is open is to be paid there.
 */
export function contactsOf(
  groups: readonly GroupSummaryFragment[],
  friendBalances: readonly FriendBalance[] | null | undefined,
  friends: readonly (Pick<Friend, 'id' | 'name'> & Partial<Pick<Friend, 'avatarUrl'>>)[] = [],
): Contact[] {
  const open =
    friendBalances && new Map(friendBalances.map((each) => [each.user.id, each.balances]))
  const balancesOf = (userId: string) => open && (open.get(userId) ?? [])
  const contacts = new Map<string, Contact>()
  for (const { id, name, avatarUrl: picture } of friends) {
    const friend = { isGuest: false, isFriend: true, shared: [] }
    contacts.set(id, { id, name, picture, ...friend, balances: balancesOf(id) ?? null })
  }
  for (const group of groups) {
    const viewerId = group.viewerMember.id
    for (const { id: memberId, user, name, isGuest, state } of group.members) {
      const transfers = between(group, viewerId, memberId)
      const isGone = state !== 'ACTIVE' && transfers.length === 0
      if (memberId === viewerId || isGone) continue
      const id = user?.id ?? memberId
      const balances = user ? balancesOf(user.id) : group.settlement && netOf(transfers, viewerId)
      const stranger = {
        id,
        name,
        isGuest,
        isFriend: false,
        shared: [],
        balances: balances ?? null,
      }
      const contact = contacts.get(id) ?? stranger
      contacts.set(id, { ...contact, shared: [...contact.shared, { group, transfers }] })
    }
  }
  return [...contacts.values()].sort(unsettledFirst)
}

/** What is to be paid between two members, seen from the first one. */
function netOf(transfers: readonly Transfer[], viewerId: string): Money[] {
  return transfers.map(({ to, amount }) =>
    to.id === viewerId ? amount : { ...amount, amount: `-${amount.amount}` },
  )
}

function between({ settlement }: GroupSummaryFragment, one: string, other: string): Transfer[] {
  return (settlement?.transfers ?? []).filter(
    ({ from, to }) => (from.id === one && to.id === other) || (from.id === other && to.id === one),
  )
}

function unsettledFirst(a: Contact, b: Contact): number {
  const settled = ({ balances }: Contact) => balances?.length === 0
  if (settled(a) !== settled(b)) return settled(a) ? 1 : -1
  return a.name.localeCompare(b.name)
}
