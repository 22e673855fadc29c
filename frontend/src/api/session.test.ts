import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SessionStore, type Tokens } from './session'

const tokens = (name: string, seconds = 900): Tokens => ({
  accessToken: `access-${name}`,
  refreshToken: `refresh-${name}`,
  expiresAt: new Date(Date.now() + seconds * 1000).toISOString(),
})

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T09:00:00Z') })
})

afterEach(() => {
  localStorage.clear()
  vi.useRealTimers()
})

const advance = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

describe('SessionStore', () => {
  it('hands out the token as long as it is fresh', async () => {
    const renew = vi.fn()
    const session = new SessionStore(renew)
    session.start(tokens('a'))
    expect(await session.token()).toBe('access-a')
    expect(renew).not.toHaveBeenCalled()
  })

  it('survives a reload', async () => {
    new SessionStore(vi.fn()).start(tokens('a'))
    expect(await new SessionStore(vi.fn()).token()).toBe('access-a')
  })

  it('renews once for everybody who waits', async () => {
    const renew = vi.fn(() => Promise.resolve(tokens('b')))
    const session = new SessionStore(renew)
    session.start(tokens('a'))
    advance(890)
    const all = await Promise.all([session.token(), session.token(), session.refresh('access-a')])
    expect(all).toEqual(['access-b', 'access-b', 'access-b'])
    expect(renew).toHaveBeenCalledExactlyOnceWith('refresh-a')
  })

  it('takes the tokens that another tab was given instead of renewing again', async () => {
    const renew = vi.fn()
    const session = new SessionStore(renew)
    session.start(tokens('a'))
    new SessionStore(vi.fn()).start(tokens('b'))
    expect(await session.refresh('access-a')).toBe('access-b')
    expect(renew).not.toHaveBeenCalled()
  })

  it('ends when the server refuses the refresh token', async () => {
    const session = new SessionStore(() => Promise.resolve(null))
    session.start(tokens('a'))
    expect(await session.refresh('access-a')).toBeNull()
    expect(session.active()).toBe(false)
  })

  it('outlives an outage', async () => {
    const session = new SessionStore(() => Promise.reject(new Error('offline')))
    session.start(tokens('a'))
    await expect(session.refresh('access-a')).rejects.toThrow('offline')
    expect(session.active()).toBe(true)
  })

  it('does not come back to life when somebody logs out while it is renewed', async () => {
    const session = new SessionStore(() => {
      session.end()
      return Promise.resolve(tokens('b'))
    })
    session.start(tokens('a'))
    expect(await session.refresh('access-a')).toBeNull()
    expect(session.active()).toBe(false)
  })

  it('renews by itself before the token ends', async () => {
    const renew = vi.fn(() => Promise.resolve(tokens('b')))
    const session = new SessionStore(renew)
    session.start(tokens('a', 900))
    await vi.advanceTimersByTimeAsync(869_000)
    expect(renew).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(renew).toHaveBeenCalledOnce()
    expect(session.accessToken()).toBe('access-b')
  })

  it('does not renew with every request when this clock is wrong', async () => {
    const renew = vi.fn()
    const session = new SessionStore(renew)
    session.start(tokens('a', -3600))
    expect(await session.token()).toBe('access-a')
    expect(renew).not.toHaveBeenCalled()
  })

  it('tells its listeners, also of what other tabs do', () => {
    const session = new SessionStore(vi.fn())
    const listener = vi.fn()
    const stop = session.subscribe(listener)
    session.start(tokens('a'))
    window.dispatchEvent(new StorageEvent('storage', { key: 'quits.session' }))
    expect(listener).toHaveBeenCalledTimes(2)
    stop()
    session.end()
    expect(listener).toHaveBeenCalledTimes(2)
  })

  it('gives the refresh token away once, to tell the server', () => {
    const session = new SessionStore(vi.fn())
    session.start(tokens('a'))
    expect(session.end()).toBe('refresh-a')
    expect(session.end()).toBeNull()
  })

  it('treats a damaged entry as no session', () => {
    localStorage.setItem('quits.session', '{')
    expect(new SessionStore(vi.fn()).active()).toBe(false)
  })
})
