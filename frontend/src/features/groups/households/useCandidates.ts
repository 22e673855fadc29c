import type { Person } from '../people'
import { type GroupContext, useGroup } from '../useGroup'

export type Household = GroupContext['group']['households'][number]

/** Who can be in a household, or in a new one: those who are in it, and who is in none. */
export function useCandidates(household?: Household): Person[] {
  const { group, people } = useGroup()
  const others = group.households.filter(({ id }) => id !== household?.id)
  const taken = new Set(others.flatMap(({ members }) => members.map(({ id }) => id)))
  const own = new Set(household?.members.map(({ id }) => id))
  return people.everyone.filter(
    ({ id, state }) => own.has(id) || (state === 'ACTIVE' && !taken.has(id)),
  )
}
