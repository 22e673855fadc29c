import { ApolloClient, ApolloLink, type ApolloCache } from '@apollo/client'
import { GraphQLError } from 'graphql'
import { Observable, type Subscriber } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { OPTIONS } from '../../api/apollo'
import { createCache } from '../../api/cache'
import { mask } from '../../api/fragments'
import { lisbon } from '../../test/group'
import { GroupLive } from './documents.generated'
import { acceptGroup, followGroup } from './follow'

const shown = (cache: ApolloCache) =>
  cache.readFragment({ id: 'Group:g', fragment: GroupLive, fragmentName: 'GroupLive' })

describe('acceptGroup', () => {
  it('takes what is newer and drops what is older', () => {
    const cache = createCache()
    expect(acceptGroup(cache, mask(lisbon({ ledgerVersion: 7 })))).toBe(true)
    expect(acceptGroup(cache, mask(lisbon({ ledgerVersion: 6, name: 'older' })))).toBe(false)
    expect(acceptGroup(cache, mask(lisbon({ version: 2, ledgerVersion: 8, name: 'older' })))).toBe(
      false,
    )
    expect(acceptGroup(cache, mask(lisbon({ ledgerVersion: 8, name: 'newer' })))).toBe(true)
    expect(shown(cache)?.name).toBe('newer')
  })

  it('shows that balances are missing rather than what they were', () => {
    const cache = createCache()
    acceptGroup(cache, mask(lisbon()))
    acceptGroup(cache, mask(lisbon({ ledgerVersion: null, balances: null, settlement: null })))
    expect(shown(cache)?.balances).toBeNull()
  })
})

describe('followGroup', () => {
  let streams: Subscriber<ApolloLink.Result>[] = []
  const link = new ApolloLink(
    () => new Observable<ApolloLink.Result>((stream) => void streams.push(stream)),
  )
  const start = (onGone = vi.fn()) => {
    const client = new ApolloClient({
      cache: createCache(),
      link,
      defaultOptions: OPTIONS,
    })
    const onNudge = vi.fn()
    return { client, onNudge, onGone, stop: followGroup(client, 'g', { onNudge, onGone }) }
  }

  beforeEach(() => {
    streams = []
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('writes pushes to the cache', () => {
    const { client, stop } = start()
    streams[0]?.next({ data: { groupMoved: lisbon() } })
    expect(shown(client.cache)?.ledgerVersion).toBe(7)
    stop()
  })

  it('tells of pushes that the ledger does not explain', () => {
    const { onNudge, stop } = start()
    const push = (ledgerVersion: number) =>
      streams[0]?.next({ data: { groupMoved: lisbon({ ledgerVersion }) } })
    push(7)
    push(8)
    expect(onNudge).not.toHaveBeenCalled()
    push(8)
    expect(onNudge).toHaveBeenCalledOnce()
    stop()
  })

  it('subscribes again when the stream ends or fails', async () => {
    const { stop } = start()
    streams[0]?.complete()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(streams).toHaveLength(2)
    streams[1]?.error(new Error('lost'))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(streams).toHaveLength(3)
    stop()
  })

  it('stops when the group is not the viewer’s any more', async () => {
    const { onGone } = start()
    const gone = new GraphQLError('No.', { extensions: { code: 'GROUP_NOT_FOUND' } })
    streams[0]?.next({ data: null, errors: [gone] })
    streams[0]?.complete()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(onGone).toHaveBeenCalledOnce()
    expect(streams).toHaveLength(1)
  })

  it('stops when told to', async () => {
    const { stop } = start()
    stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(streams).toHaveLength(1)
  })
})
