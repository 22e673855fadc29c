import { signOf, totals, type Money } from '../../lib/money'
import type { Friend } from '../friends'
import type { GroupSummaryFragment } from '../groups'

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

/** What is to be paid between two members, seen from the first one. */
function netOf(transfers: readonly Transfer[], viewerId: string): Money[] {
  return transfers.map(({ to, amount }) =>
    to.id === viewerId ? amount : { ...amount, amount: `-${amount.amount}` },
  )
}

/** Everybody in the viewer's groups and every friend, whom most is to be settled with first, then by name. */
export function contactsOf(
  groups: readonly GroupSummaryFragment[],
  friends: readonly (Pick<Friend, 'id' | 'name'> & Partial<Pick<Friend, 'avatarUrl'>>)[] = [],
): Contact[] {
  const contacts = new Map<string, Contact>()
  for (const { id, name, avatarUrl: picture } of friends) {
    contacts.set(id, {
      id,
      name,
      picture,
      isGuest: false,
      isFriend: true,
      shared: [],
      balances: [],
    })
  }
  for (const group of groups) {
    const viewerId = group.viewerMember.id
    for (const member of group.members) {
      if (member.id === viewerId || member.state !== 'ACTIVE') continue
      const id = member.user?.id ?? member.id
      const { name, isGuest } = member
      const stranger = { id, name, isGuest, isFriend: false, shared: [], balances: [] }
      const contact = contacts.get(id) ?? stranger
      contacts.set(id, sharing(contact, group, between(group, viewerId, member.id)))
    }
  }
  return [...contacts.values()].map(withoutZeros).sort(unsettledFirst)
}

/** A contact with whom one more group is shared. */
function sharing(contact: Contact, group: GroupSummaryFragment, transfers: Transfer[]): Contact {
  const known = group.settlement && contact.balances
  return {
    ...contact,
    shared: [...contact.shared, { group, transfers }],
    balances: known ? totals([...known, ...netOf(transfers, group.viewerMember.id)]) : null,
  }
}

function between({ settlement }: GroupSummaryFragment, one: string, other: string): Transfer[] {
  return (settlement?.transfers ?? []).filter(
    ({ from, to }) => (from.id === one && to.id === other) || (from.id === other && to.id === one),
  )
}

function withoutZeros(contact: Contact): Contact {
  return { ...contact, balances: contact.balances?.filter((money) => signOf(money) !== 0) ?? null }
}

function unsettledFirst(a: Contact, b: Contact): number {
  const settled = ({ balances }: Contact) => balances?.length === 0
  if (settled(a) !== settled(b)) return settled(a) ? 1 : -1
  return a.name.localeCompare(b.name)
}
