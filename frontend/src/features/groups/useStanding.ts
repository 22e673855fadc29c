import { useQuery } from '@apollo/client/react'
import { ALWAYS_ASKED } from '../../api/apollo'
import { Totals, type TotalsQuery } from './totals.generated'
import { useActivityLive } from './useActivityLive'
import { useGroups } from './useGroups'

type Standing = Pick<TotalsQuery['me'], 'balances' | 'friendBalances'>

/** What is open between the viewer and another person, over all the groups that they share. */
export type FriendBalance = NonNullable<Standing['friendBalances']>[number]

const UNKNOWN: Standing = { balances: null, friendBalances: null }

/**
 * All groups of the viewer, and how the viewer stands over them, in total and with each person. Whatever
 * happens in one of them is seen at once.
 */
export function useStanding() {
  const { groups, error, retry } = useGroups({ all: true })
  const { data, error: failure, refetch } = useQuery(Totals, { context: ALWAYS_ASKED })
  const askAgain = () => Promise.all([retry(), refetch()])
  useActivityLive(askAgain)
  const standing: Standing | undefined = data?.me ?? (failure && UNKNOWN)
  return { groups, standing, error, retry: () => void askAgain() }
}
