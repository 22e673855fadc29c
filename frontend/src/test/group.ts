import type { Fields } from '../api/fragments'
import type { GroupLiveFragment, GroupPeopleFragment } from '../features/groups/documents.generated'
import { People } from '../features/groups/people'
import type { GroupContext } from '../features/groups/useGroup'

const member = (id: string, name: string) =>
  ({
    __typename: 'Member',
    id,
    name,
    isGuest: false,
    state: 'ACTIVE',
    role: 'MEMBER',
    user: { __typename: 'User', id },
  }) as const

const ref = (id: string) => ({ __typename: 'Member', id }) as const
const euro = (amount: string) => ({ __typename: 'Money', amount, currency: 'EUR' }) as const

/** A group with its people, as the API answers. */
export type Lisbon = GroupLiveFragment & Fields<GroupPeopleFragment>

/** Ada, who looks at it, and Ben, who owes her 50.00. */
export function lisbon(changes: Partial<Lisbon> = {}): Lisbon {
  return {
    __typename: 'Group',
    id: 'g',
    name: 'Lisbon',
    kind: 'TRIP',
    currency: 'EUR',
    version: 3,
    archivedAt: null,
    expenseEditing: 'ALL',
    members: [member('ada', 'Ada'), member('ben', 'Ben')],
    viewerMember: ref('ada'),
    households: [],
    ledgerVersion: 7,
    balances: [
      { __typename: 'Balance', member: ref('ada'), net: euro('50.00') },
      { __typename: 'Balance', member: ref('ben'), net: euro('-50.00') },
    ],
    settlement: {
      __typename: 'Settlement',
      transfers: [
        { __typename: 'Transfer', from: ref('ben'), to: ref('ada'), amount: euro('50.00') },
      ],
      minimal: true,
      ledgerVersion: 7,
    },
    ...changes,
  } as Lisbon
}

/** The group as its tabs and dialogs get it. */
export function contextOf(group = lisbon()): GroupContext {
  return { group, people: new People(group), nudges: 0, refetch: () => undefined }
}

/** A page of the viewer's groups, as the API answers. */
export function groupsPage(nodes: GroupLiveFragment[], next: string | null = null) {
  return {
    data: {
      groups: {
        __typename: 'GroupConnection',
        edges: nodes.map((node) => ({ __typename: 'GroupEdge', cursor: node.id, node })),
        pageInfo: { __typename: 'PageInfo', hasNextPage: next !== null, endCursor: next },
        totalCount: nodes.length,
      },
    },
  }
}

/** How Ada stands over all groups, as the API answers: in total, and with each person by name. */
export function standing(total: string | null, people: Record<string, string> = {}) {
  const friendBalances = Object.entries(people).map(([id, amount]) => ({
    __typename: 'FriendBalance',
    user: { __typename: 'User', id },
    balances: [euro(amount)],
  }))
  const known = total === null ? null : { balances: [euro(total)], friendBalances }
  return {
    data: {
      me: { __typename: 'User', id: 'ada', balances: null, friendBalances: null, ...known },
    },
  }
}
