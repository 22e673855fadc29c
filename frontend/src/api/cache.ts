import { InMemoryCache, type FieldMergeFunction, type FieldPolicy } from '@apollo/client/cache'
import { relayStylePagination } from '@apollo/client/utilities'

interface Connection {
  edges: { cursor?: string }[]
  pageInfo: { hasNextPage?: boolean }
}

type Merge = FieldMergeFunction<Connection | null, Connection | null>

/**
 * A Relay connection whose first page can be asked for again without losing the pages after it,
 * and which stays null when its subgraph did not answer.
 */
export function connection(keyArgs: string[] | false = false): FieldPolicy {
  const relay = relayStylePagination(keyArgs)
  const mergePages = relay.merge as unknown as Merge
  const merge: Merge = (existing, incoming, options) => {
    if (!incoming) return existing ?? null
    const merged = mergePages(existing, incoming, options) ?? null
    if (options.args?.after || !existing || !merged) return merged
    return keepTail(existing, merged)
  }
  return { keyArgs, read: relay.read, merge }
}

/** The fresh first page, followed by what was known after its last item, unless it is the only page now. */
function keepTail(existing: Connection, fresh: Connection): Connection {
  if (fresh.pageInfo.hasNextPage === false) return fresh
  const last = fresh.edges.at(-1)?.cursor
  const index = existing.edges.findIndex(({ cursor }) => cursor === last)
  const tail = last === undefined || index < 0 ? [] : existing.edges.slice(index + 1)
  if (tail.length === 0) return fresh
  return { ...fresh, edges: [...fresh.edges, ...tail], pageInfo: existing.pageInfo }
}

export function createCache(): InMemoryCache {
  const replace: FieldPolicy = { merge: false }
  return new InMemoryCache({
    typePolicies: {
      Query: { fields: { groups: connection(['archived']), notifications: connection() } },
      User: {
        fields: {
          activity: connection(['filter']),
          expenses: connection(['filter']),
          friends: connection(),
          payments: connection(),
          balances: replace,
          friendBalances: replace,
          friendRequests: replace,
          payHandles: replace,
          report: replace,
          sessions: replace,
        },
      },
      Group: {
        fields: {
          expenses: connection(['filter']),
          payments: connection(),
          presets: replace,
          recurringCost: replace,
          activity: connection(['filter']),
          members: replace,
          balances: replace,
          categories: replace,
          settlement: replace,
          report: replace,
        },
      },
      Expense: {
        fields: {
          payers: replace,
          shares: replace,
          items: replace,
          history: replace,
          advice: replace,
          comments: replace,
          attachments: replace,
        },
      },
      Activity: { fields: { ownEffect: replace } },
      Payment: { fields: { history: replace } },
      ExpenseDraft: {
        fields: { payers: replace, shares: replace, items: replace },
      },
    },
  })
}
