import type { ApolloClient } from '@apollo/client'
import { send } from '../../api/send'
import type { Refusal } from '../../api/refusal'
import { acceptGroup } from '../groups'
import { CreateExpense } from './documents.generated'
import type { Outbox, Waiting } from './outbox'

// What may be different the next time. Everything else is a "no" that a person has to hear.
const PASSING = new Set(
  'UNREACHABLE SERVICE_UNAVAILABLE SUBGRAPH_UNAVAILABLE OVERLOADED RATE_LIMITED INTERNAL UNAUTHENTICATED'.split(
    ' ',
  ),
)

/** True if the same request may succeed later. */
export function isPassing({ code }: Refusal): boolean {
  return PASSING.has(code)
}

/**
 * Sends what waits, the oldest first, and keeps what cannot be sent now; one that is edited waits for its editor.
 * Resolves with how many were saved, and whether all that can be sent was.
 */
export async function sendWaiting(
  client: ApolloClient,
  outbox: Outbox,
  userId: string,
  isEdited: (waiting: Waiting) => boolean = () => false,
): Promise<{ saved: number; done: boolean }> {
  for (let saved = 0; ;) {
    const next = outbox
      .all()
      .find((each) => each.userId === userId && !each.refusal && !isEdited(each))
    if (!next) return { saved, done: true }
    const { data, refusal } = await send(client, CreateExpense, { input: next.input })
    if (refusal && isPassing(refusal)) return { saved, done: false }
    outbox.settle(next, refusal)
    if (!data) continue
    acceptGroup(client.cache, data.createExpense.group)
    saved += 1
  }
}
