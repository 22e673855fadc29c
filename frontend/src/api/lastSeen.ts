import type { ApolloCache } from '@apollo/client'
import { del, get, set } from 'idb-keyval'
import type { SessionStore } from './session'

const KEY = 'quits.last-seen'
// Raised when an older cache cannot be read any more.
const VERSION = 1
const QUIET_MS = 1_000

interface Kept {
  version: number
  userId: string
  cache: unknown
}

/** Keeps the cache on this device, so that what was last seen is there without a network. */
export class LastSeen {
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly cache: ApolloCache
  private readonly session: SessionStore

  constructor(cache: ApolloCache, session: SessionStore) {
    this.cache = cache
    this.session = session
  }

  /** Brings back what the person who is signed in saw last. */
  async restore(): Promise<void> {
    const userId = this.session.userId()
    if (!userId) return
    const kept = await get<Kept>(KEY).catch(() => undefined)
    if (kept?.version !== VERSION || kept.userId !== userId) return
    this.cache.restore(kept.cache)
  }

  /** Keeps the cache as it is after a moment without further answers. */
  save = (): void => {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      const userId = this.session.userId()
      if (!userId) return
      const kept: Kept = { version: VERSION, userId, cache: this.cache.extract() }
      // A browser that keeps nothing (a private window) works as before.
      void set(KEY, kept).catch(() => undefined)
    }, QUIET_MS)
  }

  /** Keeps nothing of what was answered until now. */
  cancel(): void {
    clearTimeout(this.timer)
  }
}

export function forgetLastSeen(): void {
  void del(KEY).catch(() => undefined)
}
