import { ApolloClient, ApolloLink } from '@apollo/client'
import { Observable, type Subscriber } from 'rxjs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { OPTIONS } from '../../api/apollo'
import { createCache } from '../../api/cache'
import { mask, unmask } from '../../api/fragments'
import { pizza, unread } from '../../test/draft'
import { Draft, type DraftPartsFragment } from './documents.generated'
import { acceptDraft, followDraft } from './follow'

describe('followDraft', () => {
  let streams: Subscriber<ApolloLink.Result>[] = []
  const link = new ApolloLink(
    () => new Observable<ApolloLink.Result>((stream) => void streams.push(stream)),
  )

  beforeEach(() => {
    streams = []
    vi.useFakeTimers()
    return () => vi.useRealTimers()
  })

  it('begins anew until the draft is read', async () => {
    const client = new ApolloClient({ cache: createCache(), link, defaultOptions: OPTIONS })
    const stop = followDraft(client, 'd')
    streams[0]?.next({ data: { draftChanged: unread() } })
    streams[0]?.complete()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(streams).toHaveLength(2)
    streams[1]?.next({ data: { draftChanged: pizza() } })
    streams[1]?.complete()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(streams).toHaveLength(2)
    stop()
  })
})

it('never goes back to a draft that was less far', () => {
  const cache = createCache()
  const kept = () => cache.readQuery({ query: Draft, variables: { id: 'd' } })?.draft
  const status = () => unmask<DraftPartsFragment>(kept())?.status
  acceptDraft(cache, mask(unread()))
  expect(status()).toBe('PENDING')
  acceptDraft(cache, mask(pizza({ status: 'CONFIRMED' })))
  acceptDraft(cache, mask(pizza()))
  expect(status()).toBe('CONFIRMED')
})
