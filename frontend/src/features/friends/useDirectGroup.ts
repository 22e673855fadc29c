import { useQuery } from '@apollo/client/react'
import { unmask } from '../../api/fragments'
import { useAction } from '../../api/useAction'
import { Me, type ProfileFragment } from '../account'
import { DirectGroup } from './documents.generated'

/** Finds, or makes, the group of the viewer and a friend. */
export function useDirectGroup() {
  const { data } = useQuery(Me)
  const { run, busy, refusal } = useAction(DirectGroup)
  const currency = unmask<ProfileFragment>(data?.me)?.defaultCurrency ?? 'EUR'

  /** The id of the group, unless it was refused. */
  async function open(friendId: string): Promise<string | undefined> {
    return (await run({ friendId, currency }))?.directGroup.id
  }

  return { open, busy, refusal }
}
