import { signOf, totals, type Money } from '../../lib/money'
import type { GroupSummaryFragment } from '../groups'

type Transfer = NonNullable<GroupSummaryFragment['settlement']>['transfers'][number]

/** A group that the viewer shares with somebody, and what is to be paid between the two there. */
export interface SharedGroup {
  group: GroupSummaryFragment
  transfers: Transfer[]
}

/** Somebody with whom the viewer shares groups. */
export interface Contact {
  /** The account's id, or a guest's member id. */
  id: string
  name: string
  isGuest: boolean
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

/** Everybody in the viewer's groups, whom most is to be settled with first, then by name. */
export function contactsOf(groups: readonly GroupSummaryFragment[]): Contact[] {
  const contacts = new Map<string, Contact>()
  for (const group of groups) {
    const viewerId = group.viewerMember.id
    for (const member of group.members) {
      if (member.id === viewerId || member.state !== 'ACTIVE') continue
      const id = member.user?.id ?? member.id
      const { name, isGuest } = member
      const contact = contacts.get(id) ?? { id, name, isGuest, shared: [], balances: [] }
      const transfers = between(group, viewerId, member.id)
      contact.shared.push({ group, transfers })
      contact.balances =
        group.settlement && contact.balances
          ? totals([...contact.balances, ...netOf(transfers, viewerId)])
          : null
      contacts.set(id, contact)
    }
  }
  return [...contacts.values()].map(withoutZeros).sort(unsettledFirst)
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
