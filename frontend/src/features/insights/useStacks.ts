import { skipToken, useQuery } from '@apollo/client/react'
import { useRefetchOn } from '../../api/useRefetchOn'
import { daysOfMonths, stacksOf } from './months'
import { GroupMonths, OwnMonths } from './months.generated'
import type { Scope } from './scope'
import type { Stacks } from './stacks'

/** The categories of the last twelve months; undefined until they are known. */
export function useStacks(
  { groupId, version }: Scope,
  last: string | undefined,
): Stacks | undefined {
  const days = last && daysOfMonths(last)
  const ofGroup = useQuery(
    GroupMonths,
    groupId && days ? { variables: { id: groupId, ...days } } : skipToken,
  )
  const own = useQuery(OwnMonths, !groupId && days ? { variables: days } : skipToken)
  useRefetchOn(version, ofGroup.refetch)
  const months = ofGroup.data?.group ?? own.data?.me
  return months && last ? stacksOf(months, last) : undefined
}
