import { useApolloClient, useQuery } from '@apollo/client/react'
import { useEffect } from 'react'
import { unmask } from '../../api/fragments'
import { readRefusal } from '../../api/refusal'
import { useLiveState } from '../../api/services'
import { Draft, type DraftPartsFragment } from './documents.generated'
import { followDraft } from './follow'

// Without a socket, somebody who waits asks this often.
const POLL_MS = 2_000

/** A draft, which changes by itself while it is being read. */
export function useDraft(id: string) {
  const client = useApolloClient()
  const live = useLiveState()
  const { data, error, refetch, startPolling, stopPolling } = useQuery(Draft, {
    variables: { id },
    // What was answered and pushed is newer than what a question on the way finds.
    fetchPolicy: 'cache-first',
  })
  const draft = unmask<DraftPartsFragment>(data?.draft)
  const pending = draft?.status === 'PENDING'
  const polling = pending && live !== 'open'

  useEffect(() => (pending ? followDraft(client, id) : undefined), [client, id, pending])

  useEffect(() => {
    if (!polling) return undefined
    startPolling(POLL_MS)
    return stopPolling
  }, [polling, startPolling, stopPolling])

  const decided = draft?.status === 'CONFIRMED' || draft?.status === 'DISCARDED'
  const unknown = error ? readRefusal(error).code === 'DRAFT_NOT_FOUND' : draft === null
  return {
    draft,
    error,
    /** Decided, or not the viewer's. */
    gone: decided || unknown,
    retry: () => void refetch(),
  }
}
