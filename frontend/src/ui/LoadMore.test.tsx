import { render } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { LoadMore } from './LoadMore'

type Tell = (moves: { isIntersecting: boolean }[]) => void

const tell: Tell[] = []

beforeEach(() => {
  tell.length = 0
  class Observer {
    observe = vi.fn()
    disconnect = vi.fn()
    constructor(callback: Tell) {
      tell.push(callback)
    }
  }
  vi.stubGlobal('IntersectionObserver', Observer)
})

it('loads what is scrolled to while the browser was busy', () => {
  const onLoad = vi.fn()
  render(<LoadMore onLoad={onLoad}>More</LoadMore>)
  tell[0]?.([{ isIntersecting: true }, { isIntersecting: false }])
  expect(onLoad).not.toHaveBeenCalled()
  tell[0]?.([{ isIntersecting: false }, { isIntersecting: true }])
  expect(onLoad).toHaveBeenCalledOnce()
})

it('asks once for what follows an end that stays in sight, also when nothing comes', () => {
  const onLoad = vi.fn()
  const list = (after: string, busy: boolean) => (
    <LoadMore {...{ after, busy, onLoad }}>More</LoadMore>
  )
  const seen = () => {
    for (const each of tell.splice(0)) each([{ isIntersecting: true }])
  }
  const { rerender } = render(list('one', false))
  seen()
  rerender(list('one', true))
  seen()
  rerender(list('one', false))
  seen()
  expect(onLoad).toHaveBeenCalledOnce()
  rerender(list('two', false))
  seen()
  expect(onLoad).toHaveBeenCalledTimes(2)
})
