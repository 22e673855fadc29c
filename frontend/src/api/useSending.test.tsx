import { act, renderHook, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Sent } from './send'
import { useSending } from './useSending'

/** A mutation that is answered when the test says so. */
function answering() {
  const sent: string[] = []
  const answers: ((answer: Sent<string>) => void)[] = []
  const send = (name: string) => {
    sent.push(name)
    return new Promise<Sent<string>>((resolve) => answers.push(resolve))
  }
  return { sent, send, answer: (place: number, answer: Sent<string>) => answers[place]?.(answer) }
}

it('sends the same once, and something else as soon as that is done', async () => {
  const { sent, send, answer } = answering()
  const { result } = renderHook(() => useSending(send))
  let runs: Promise<string | undefined>[] = []
  act(() => {
    runs = ['a', 'a', 'b'].map((name) => result.current.run(name))
  })
  expect(await runs[1]).toBeUndefined()
  expect(sent).toEqual(['a'])
  expect(result.current.busy).toBe(true)

  act(() => answer(0, { data: 'A' }))
  await waitFor(() => {
    expect(sent).toEqual(['a', 'b'])
  })
  expect(result.current.busy).toBe(true)
  act(() => answer(1, { data: 'B' }))
  expect(await Promise.all([runs[0], runs[2]])).toEqual(['A', 'B'])
  await waitFor(() => {
    expect(result.current.busy).toBe(false)
  })
})

it('keeps showing why one of them was refused', async () => {
  const { sent, send, answer } = answering()
  const { result } = renderHook(() => useSending(send))
  act(() => {
    void result.current.run('a')
    void result.current.run('b')
  })
  act(() => answer(0, { refusal: { code: 'NOT_ALLOWED', message: 'No.' } }))
  await waitFor(() => {
    expect(sent).toEqual(['a', 'b'])
  })
  act(() => answer(1, { data: 'B' }))
  await waitFor(() => {
    expect(result.current.busy).toBe(false)
  })
  expect(result.current.refusal?.message).toBe('No.')
})
