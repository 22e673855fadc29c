import type { Client } from 'graphql-ws'
import { pause } from './pause'
import type { SessionStore } from './session'

export type LiveState = 'idle' | 'connecting' | 'open' | 'lost'

const PING_MS = 12_000
const CLOSED_BY_US = 1000

/** The one WebSocket of this tab. It opens with the first subscription and survives everything. */
export class LiveSocket {
  private client: Promise<Client> | undefined
  private state: LiveState = 'idle'
  private readonly listeners = new Set<() => void>()
  private readonly session: SessionStore

  constructor(session: SessionStore) {
    this.session = session
  }

  /** The client of the socket. Its code does not belong to a first paint: it is loaded here. */
  open(): Promise<Client> {
    this.client ??= this.create().catch((error: unknown) => {
      this.client = undefined // Offline, maybe: the next subscription asks again.
      throw error
    })
    return this.client
  }

  private async create(): Promise<Client> {
    const { createClient } = await import('graphql-ws')
    const { session } = this
    let used: string | null = null
    const client = createClient({
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
      if (used !== null && used !== session.accessToken()) client.terminate()
    })
    return client
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
