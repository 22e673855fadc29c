/** The session of this browser: one pair of tokens, shared by all of its tabs. */

import { oneTabAtATime } from './oneTabAtATime'

export interface Tokens {
  accessToken: string
  refreshToken: string
  expiresAt: string
}

interface Session {
  accessToken: string
  refreshToken: string
  /** When to renew, in this machine's time. */
  renewAt: number
}

/** Trades a refresh token for a new pair, or answers null when the server refuses it. */
export type Renew = (refreshToken: string) => Promise<Tokens | null>

const KEY = 'quits.session'
const EARLY_MS = 30_000
// A wrong clock would otherwise ask for new tokens with every request.
const SHORTEST_MS = 60_000
/** The longest wait for what another tab has stored. */
const ARRIVAL_MS = 1_000

export class SessionStore {
  private readonly listeners = new Set<() => void>()
  private pending: Promise<string | null> | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly renew: Renew

  constructor(renew: Renew) {
    this.renew = renew
    window.addEventListener('storage', (event) => {
      if (event.key === KEY || event.key === null) this.changed()
    })
    this.plan()
  }

  /** Fires in every tab when somebody logs in or out, and when the tokens were renewed. */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The access token as it is, fresh or not. */
  accessToken = (): string | null => read()?.accessToken ?? null

  active = (): boolean => read() !== null

  /** The id of whoever is signed in; null without a session. */
  userId(): string | null {
    const session = read()
    return session ? subjectOf(session.accessToken) : null
  }

  start(tokens: Tokens): void {
    const renewAt = Math.max(Date.parse(tokens.expiresAt) - EARLY_MS, Date.now() + SHORTEST_MS)
    const { accessToken, refreshToken } = tokens
    localStorage.setItem(KEY, JSON.stringify({ accessToken, refreshToken, renewAt }))
    this.changed()
  }

  /** Forgets the tokens and returns the refresh token, so that the server can be told. */
  end(): string | null {
    const session = read()
    localStorage.removeItem(KEY)
    this.changed()
    return session?.refreshToken ?? null
  }

  /** A token that is good for a request, or null without a session. */
  async token(): Promise<string | null> {
    const session = read()
    if (!session) return null
    if (Date.now() < session.renewAt) return session.accessToken
    return this.refresh(session.accessToken)
  }

  /** Renews the tokens, unless somebody else has done so since `stale` was read. */
  async refresh(stale: string | null): Promise<string | null> {
    // Rotating refresh tokens work once: two tabs must never send the same one.
    this.pending ??= oneTabAtATime(KEY, (waited) => this.refreshAlone(stale, waited)).finally(
      () => {
        this.pending = undefined
      },
    )
    return this.pending
  }

  private async refreshAlone(stale: string | null, waited: boolean): Promise<string | null> {
    // What another tab has stored can arrive a little after its turn.
    if (waited && read()?.accessToken === stale) await storedElsewhere()
    const session = read()
    if (!session || session.accessToken !== stale) return session?.accessToken ?? null
    const tokens = await this.renew(session.refreshToken)
    // A log-in or log-out that happened meanwhile wins.
    if (read()?.refreshToken !== session.refreshToken) return this.accessToken()
    if (tokens) this.start(tokens)
    else this.end()
    return this.accessToken()
  }

  private changed(): void {
    this.plan()
    for (const listener of this.listeners) listener()
  }

  /** Renews ahead of time, so that an open socket never meets the end of its token. */
  private plan(): void {
    clearTimeout(this.timer)
    const session = read()
    if (!session) return
    const wait = Math.max(session.renewAt - Date.now(), 0)
    this.timer = setTimeout(() => {
      // Out of reach now: the next request tries again.
      this.token().catch(() => undefined)
    }, wait)
  }
}

/** Waits until another tab has stored something, but not for long: it may have failed. */
function storedElsewhere(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(late)
      window.removeEventListener('storage', done)
      resolve()
    }
    const late = setTimeout(done, ARRIVAL_MS)
    window.addEventListener('storage', done)
  })
}

/** The subject of a JWT; it is the server that checks tokens. */
function subjectOf(token: string): string | null {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
  try {
    const { sub } = JSON.parse(atob(payload)) as { sub?: unknown }
    return typeof sub === 'string' ? sub : null
  } catch {
    return null
  }
}

function read(): Session | null {
  const text = localStorage.getItem(KEY)
  if (!text) return null
  try {
    return JSON.parse(text) as Session
  } catch {
    return null
  }
}
