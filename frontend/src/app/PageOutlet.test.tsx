import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ComponentType } from 'react'
import { createMemoryRouter, Link, RouterProvider } from 'react-router'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Localised } from '../ui/Localised'
import { forgetFailures, lazyPage, preloadWhenIdle } from './lazyPage'
import { PageOutlet } from './PageOutlet'

const load = vi.fn<() => Promise<() => string>>()
const Arrived = () => 'the late page'
const Broken = () => {
  throw new Error('a fault in the page')
}

async function show(Late: ComponentType) {
  const frame = (
    <>
      <Link to="/other">Other</Link>
      <PageOutlet />
    </>
  )
  const children = [
    { path: 'late', Component: Late },
    { path: 'other', element: 'the other page' },
  ]
  const router = createMemoryRouter([{ element: frame, children }], { initialEntries: ['/late'] })
  // What suspends is awaited, as React asks of its tests.
  await act(async () => {
    render(
      <Localised>
        <RouterProvider router={router} />
      </Localised>,
    )
    await Promise.resolve()
  })
}

beforeEach(() => {
  load.mockReset()
  forgetFailures()
})

describe('a page whose code does not arrive', () => {
  it('is asked for again before anybody notices', async () => {
    load.mockRejectedValueOnce(new TypeError('offline')).mockResolvedValue(Arrived)
    await show(lazyPage(load))
    expect(await screen.findByText('the late page', {}, { timeout: 5_000 })).toBeInTheDocument()
  })

  it('is explained inside the frame, and arrives on request', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    load.mockRejectedValue(new TypeError('offline'))
    await show(lazyPage(load))
    const alert = await screen.findByRole('alert', {}, { timeout: 5_000 })
    expect(alert).toHaveTextContent('This page could not be loaded')
    expect(load).toHaveBeenCalledTimes(3)
    load.mockResolvedValue(Arrived)
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')))
    await act(() => userEvent.click(screen.getByRole('button', { name: 'Try again' })))
    expect(await screen.findByText('the late page')).toBeInTheDocument()
  })

  it('is asked for by a fresh start of the app as soon as its server answers', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    load.mockRejectedValue(new TypeError('offline'))
    await show(lazyPage(load))
    const again = await screen.findByRole('button', { name: 'Try again' }, { timeout: 5_000 })
    const reload = vi.fn()
    vi.stubGlobal('location', { reload })
    vi.stubGlobal('fetch', () => Promise.resolve(new Response()))
    await act(() => userEvent.click(again))
    await vi.waitFor(() => {
      expect(reload).toHaveBeenCalledOnce()
    })
  })
})

it('a page that breaks leaves the way to others', async () => {
  vi.spyOn(console, 'error').mockReturnValue()
  await show(Broken)
  expect(await screen.findByRole('alert')).toHaveTextContent('This page broke')
  await userEvent.click(screen.getByRole('link', { name: 'Other' }))
  expect(await screen.findByText('the other page')).toBeInTheDocument()
})

it('fetches pages ahead when the browser has nothing else to do, unless it is called off', () => {
  let idle: () => void = () => undefined
  const cancelIdleCallback = vi.fn()
  vi.stubGlobal('requestIdleCallback', (callback: () => void) => {
    idle = callback
    return 7
  })
  vi.stubGlobal('cancelIdleCallback', cancelIdleCallback)
  const preload = vi.fn(() => Promise.resolve())
  const callOff = preloadWhenIdle([{ preload }, { preload }])
  expect(preload).not.toHaveBeenCalled()
  idle()
  expect(preload).toHaveBeenCalledTimes(2)
  callOff()
  expect(cancelIdleCallback).toHaveBeenCalledExactlyOnceWith(7)
})
