import type { GroupContext } from '../../groups'

/** A household, or a member who is in none. */
export interface Party {
  /** "You", or a name. */
  label: string
  /** "you", or a name, inside a sentence. */
  inline: string
  name: string
  /** The members of a household, by name. */
  members: string[] | undefined
  isGuest: boolean
  /** The viewer, alone. */
  isViewer: boolean
}

export type PartyOf = (memberId: string) => Party

/** Returns whom the members of a group settle with as one. */
export function partyOf({ group, people }: Pick<GroupContext, 'group' | 'people'>): PartyOf {
  return (memberId) => {
    const household = group.households.find(({ members }) =>
      members.some(({ id }) => id === memberId),
    )
    const members = household?.members.map(({ id }) => people.label(id))
    return {
      label: household?.name ?? people.label(memberId),
      inline: household?.name ?? people.inline(memberId),
      name: household?.name ?? people.name(memberId),
      members,
      isGuest: people.isGuest(memberId),
      isViewer: !household && people.isViewer(memberId),
    }
  }
}
