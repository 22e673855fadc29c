import type { ApolloCache, ApolloClient } from '@apollo/client'
import { unmask, type Masked } from '../../api/fragments'
import { followStream } from '../../api/stream'
import type { DraftStatus } from '../../api/schema.generated'
import { Draft, DraftChanged, type DraftPartsFragment } from './documents.generated'

const PROGRESS: Record<DraftStatus, number> = {
  PENDING: 0,
  READY: 1,
  FAILED: 1,
  CONFIRMED: 2,
  DISCARDED: 2,
}

/** Takes a draft over into the cache, unless it is known there to be further already; opens it. */
export function acceptDraft(
  cache: ApolloCache,
  answer: Masked<DraftPartsFragment>,
): DraftPartsFragment {
  const draft = unmask<DraftPartsFragment>(answer)
  const target = { query: Draft, variables: { id: draft.id } }
  const shown = unmask<DraftPartsFragment>(cache.readQuery(target)?.draft)
  if (!shown || PROGRESS[draft.status] >= PROGRESS[shown.status])
    cache.writeQuery({ ...target, data: { draft: answer } })
  return draft
}

/** Keeps a draft in the cache as it is now, until it has been read or nobody wants to know. */
export function followDraft(client: ApolloClient, id: string): () => void {
  const { cache } = client
  const variables = { id }
  let over = false
  return followStream(client, DraftChanged, variables, {
    onData: ({ draftChanged }) => {
      over = acceptDraft(cache, draftChanged).status !== 'PENDING'
    },
    onRefused: ({ code }) => {
      if (code !== 'DRAFT_NOT_FOUND') return
      over = true
      cache.writeQuery({ query: Draft, variables, data: { draft: null } })
    },
    isOver: () => over,
  })
}
