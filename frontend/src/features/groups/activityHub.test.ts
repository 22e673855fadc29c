import { expect, it, vi } from 'vitest'
import { ActivityHub } from './activityHub'

/** A hub with a listener to all groups, one to the trip and one to the flat. */
function listening() {
  const hub = new ActivityHub()
  const [all, trip, flat] = [vi.fn(), vi.fn(), vi.fn()]
  hub.listen({ groupId: undefined, ask: all })
  hub.listen({ groupId: 'trip', ask: trip })
  const leave = hub.listen({ groupId: 'flat', ask: flat })
  return { hub, calls: () => [all, trip, flat].map(({ mock }) => mock.calls.length), leave }
}

it('tells of a group to those who listen to it or to all', () => {
  const { hub, calls } = listening()
  hub.tell('trip')
  expect(calls()).toEqual([1, 1, 0])
})

it('tells everybody when anything may have happened', () => {
  const { hub, calls } = listening()
  hub.tell()
  expect(calls()).toEqual([1, 1, 1])
})

it('tells nobody who has gone', () => {
  const { hub, calls, leave } = listening()
  leave()
  hub.tell()
  expect(calls()).toEqual([1, 1, 0])
})

it('has somebody ask once more for all that happens during a question', async () => {
  const hub = new ActivityHub()
  const answer: (() => void)[] = []
  const ask = vi.fn(() => new Promise<void>((resolve) => answer.push(resolve)))
  hub.listen({ groupId: undefined, ask })
  hub.tell()
  hub.tell()
  hub.tell()
  expect(ask).toHaveBeenCalledTimes(1)
  answer[0]!()
  await vi.waitFor(() => {
    expect(ask).toHaveBeenCalledTimes(2)
  })
  answer[1]!()
  await vi.waitFor(() => {
    hub.tell()
    expect(ask).toHaveBeenCalledTimes(3)
  })
})

it('goes on after a question that failed', async () => {
  const hub = new ActivityHub()
  const fail: ((reason: Error) => void)[] = []
  const ask = vi.fn(() => new Promise<void>((_, reject) => fail.push(reject)))
  hub.listen({ groupId: undefined, ask })
  hub.tell()
  hub.tell()
  fail[0]!(new TypeError('offline'))
  await vi.waitFor(() => {
    expect(ask).toHaveBeenCalledTimes(2)
  })
})
