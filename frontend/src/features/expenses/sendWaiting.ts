import type { ApolloClient } from '@apollo/client'
import { send } from '../../api/send'
import type { Refusal } from '../../api/refusal'
import { acceptGroup } from '../groups'
import { CreateExpense } from './documents.generated'
import type { Outbox } from './outbox'

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
 * Sends what waits, the oldest first, and keeps what cannot be sent now. Resolves with how many
 * were saved, and whether all that can be sent was.
 */
export async function sendWaiting(
  client: ApolloClient,
  outbox: Outbox,
  userId: string,
): Promise<{ saved: number; done: boolean }> {
  let saved = 0
  for (const waiting of outbox.all()) {
    if (waiting.userId !== userId || waiting.refusal) continue
    const { data, refusal } = await send(client, CreateExpense, { input: waiting.input })
    if (data) {
      acceptGroup(client.cache, data.createExpense.group)
      outbox.remove(waiting.input.idempotencyKey)
      saved += 1
    } else if (isPassing(refusal)) return { saved, done: false }
    else outbox.put({ ...waiting, refusal })
  }
  return { saved, done: true }
}
