import { render } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { LoadMore } from './LoadMore'

type Tell = (moves: { isIntersecting: boolean }[]) => void

it('loads what is scrolled to while the browser was busy', () => {
  const tell: Tell[] = []
  class Observer {
    observe = vi.fn()
    disconnect = vi.fn()
    constructor(callback: Tell) {
      tell.push(callback)
    }
  }
  vi.stubGlobal('IntersectionObserver', Observer)
  const onLoad = vi.fn()
  render(<LoadMore onLoad={onLoad}>More</LoadMore>)
  tell[0]?.([{ isIntersecting: true }, { isIntersecting: false }])
  expect(onLoad).not.toHaveBeenCalled()
  tell[0]?.([{ isIntersecting: false }, { isIntersecting: true }])
  expect(onLoad).toHaveBeenCalledOnce()
})
