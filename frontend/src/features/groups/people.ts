import { t } from '@lingui/core/macro'
import type { GroupPeopleFragment } from './documents.generated'
import { signOf, type Money } from '../../lib/money'

export type Person = GroupPeopleFragment['members'][number]

/** Names of a group's members by id, seen from the viewer. */
export class People {
  readonly viewerId: string
  readonly everyone: readonly Person[]
  private readonly byId: Map<string, Person>

  constructor(group: Pick<GroupPeopleFragment, 'members' | 'viewerMember'>) {
    this.viewerId = group.viewerMember.id
    // Oneself first, as everywhere in the app.
    const self = group.members.filter(({ id }) => id === this.viewerId)
    this.everyone = [...self, ...group.members.filter(({ id }) => id !== this.viewerId)]
    this.byId = new Map(group.members.map((person) => [person.id, person]))
  }

  /** What the viewer may do here goes by it. */
  get role(): Person['role'] {
    return this.byId.get(this.viewerId)?.role ?? 'MEMBER'
  }

  /** Those who can take part in something new. */
  get active(): Person[] {
    return this.everyone.filter((person) => person.state === 'ACTIVE')
  }

  isViewer(id: string): boolean {
    return id === this.viewerId
  }

  isGuest(id: string): boolean {
    return this.byId.get(id)?.isGuest ?? false
  }

  name(id: string): string {
    return this.byId.get(id)?.name ?? t`Former member`
  }

  /** "You", or the name. */
  label(id: string): string {
    return this.isViewer(id) ? t`You` : this.name(id)
  }

  /** "you", or the name, inside a sentence. */
  inline(id: string): string {
    return this.isViewer(id) ? t`you` : this.name(id)
  }
}

type Balances = readonly { member: { id: string }; net: Money }[] | null | undefined

/** The viewer's balances that are not even; `null` when they are not known right now. */
export function ownBalances(balances: Balances, viewerId: string): Money[] | null {
  if (!balances) return null
  return balances
    .filter(({ member, net }) => member.id === viewerId && signOf(net) !== 0)
    .map(({ net }) => net)
}
