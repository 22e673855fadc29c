import { createClient, type Client } from 'graphql-ws'
import type { SessionStore } from './session'

export type LiveState = 'idle' | 'connecting' | 'open' | 'lost'

const FIRST_PAUSE_MS = 400
const LONGEST_PAUSE_MS = 20_000
const PING_MS = 12_000
const CLOSED_BY_US = 1000

/** Waits before the next try: longer each time, with jitter, and not at all once back online. */
export function pause(attempt: number): Promise<void> {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS)
  const wait = longest / 2 + (Math.random() * longest) / 2
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, wait)
    window.addEventListener('online', done)
  })
}

/** The one WebSocket of this tab. It opens with the first subscription and survives everything. */
export class LiveSocket {
  readonly client: Client
  private state: LiveState = 'idle'
  private readonly listeners = new Set<() => void>()

  constructor(session: SessionStore) {
    let used: string | null = null
    this.client = createClient({
      url: address(),
      keepAlive: PING_MS,
      retryAttempts: Infinity,
      retryWait: pause,
      shouldRetry: () => true,
      connectionParams: async () => {
        used = null // A renewal on the way must not close the socket that asks for it.
        used = await session.token()
        return used ? { authorization: `Bearer ${used}` } : {}
      },
      on: {
        connecting: () => {
          this.move(this.state === 'idle' ? 'connecting' : 'lost')
        },
        connected: () => {
          this.move('open')
        },
        closed: (event) => {
          this.move((event as CloseEvent).code === CLOSED_BY_US ? 'idle' : 'lost')
        },
      },
    })
    // The server ends streams with their token: a renewed token needs a new socket.
    session.subscribe(() => {
      if (used !== null && used !== session.accessToken()) this.client.terminate()
    })
  }

  getState = (): LiveState => this.state

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private move(state: LiveState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}

function address(): string {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws'
  return `${scheme}://${window.location.host}/graphql/ws`
}
