import { useApolloClient, useQuery } from '@apollo/client/react'
import { useEffect, useMemo, useState } from 'react'
import { useOutletContext } from 'react-router'
import { unmask } from '../../api/fragments'
import { type GroupLiveFragment, GroupPage, type GroupPeopleFragment } from './documents.generated'
import { followGroup } from './follow'
import { People } from './people'

// While a part of a group is missing, ask now and then whether it is back.
const RECOVERY_MS = 5_000

/** A group that moves by itself while it is on the screen. */
export function useLiveGroup(id: string) {
  const client = useApolloClient()
  const { data, error, refetch, loading, startPolling, stopPolling } = useQuery(GroupPage, {
    variables: { id },
    notifyOnNetworkStatusChange: true,
  })
  const [nudges, setNudges] = useState(0)
  const group = unmask<GroupLiveFragment>(data?.group)
  const present = Boolean(group)
  const incomplete = present && (!group?.balances || !group.settlement)

  useEffect(() => {
    if (!present) return undefined
    return followGroup(client, id, {
      onNudge: () => {
        setNudges((times) => times + 1)
      },
      onGone: () => void refetch(),
    })
  }, [client, id, present, refetch])

  useEffect(() => {
    if (!incomplete) return undefined
    startPolling(RECOVERY_MS)
    return stopPolling
  }, [incomplete, startPolling, stopPolling])

  return { group, nudges, error, loading, refetch }
}

export interface GroupContext {
  group: GroupLiveFragment
  people: People
  /** Counts what changes beside the ledger, such as advice; only a new look at it tells what. */
  nudges: number
  refetch: () => void
}

/** The group around the tabs of its page. */
export function useGroup(): GroupContext {
  return useOutletContext<GroupContext>()
}

export function usePeople(group: GroupLiveFragment | null | undefined): People | undefined {
  return useMemo(
    () => (group ? new People(unmask<GroupPeopleFragment>(group)) : undefined),
    [group],
  )
}
