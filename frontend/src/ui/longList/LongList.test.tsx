import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LongList } from './LongList'

const ROW_PX = 50

// The test's document has no layout: every heading and row is as high as that.
beforeEach(async () => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(ROW_PX)
  vi.spyOn(window, 'scrollTo').mockReturnValue()
  await import('./Windowing')
})

afterEach(() => {
  vi.restoreAllMocks()
  window.scrollY = 0
})

function list(count: number) {
  const items = Array.from({ length: count }, (_, index) => ({ id: `row ${index + 1}` }))
  const half = Math.ceil(count / 2)
  const parts = [
    { key: 'One', items: items.slice(0, half) },
    { key: 'Two', items: items.slice(half) },
  ]
  return (
    <LongList parts={parts} title={(key) => key} heading="h2" look={{ heading: '' }} landmarks>
      {({ id }) => <a href={`#${id}`}>{id}</a>}
    </LongList>
  )
}

// What suspends is awaited, as React asks of its tests.
const show = (count: number) =>
  act(async () => {
    const view = render(list(count))
    await vi.dynamicImportSettled()
    return view
  })

function scrollTo(position: number) {
  window.scrollY = position
  fireEvent.scroll(window)
}

const inDocument = () => screen.getAllByRole('link').map(({ textContent }) => textContent)

it('has all rows of a short list in the document', async () => {
  await show(49)
  expect(inDocument()).toHaveLength(49)
  expect(screen.getAllByRole('listitem')[0]).not.toHaveAttribute('aria-setsize')
})

it('has of a long list what is near the screen, and says where in it that is', async () => {
  await show(400)
  expect(inDocument()).toContain('row 1')
  expect(inDocument().length).toBeLessThan(40)
  expect(screen.queryByRole('heading', { name: 'Two' })).not.toBeInTheDocument()

  scrollTo(300 * ROW_PX)
  expect(inDocument()).toContain('row 300')
  expect(inDocument()).not.toContain('row 1')
  expect(inDocument().length).toBeLessThan(40)
  expect(screen.getByRole('heading', { name: 'Two' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'row 300' }).closest('li')).toMatchObject({
    ariaSetSize: '200',
    ariaPosInSet: '100',
  })

  scrollTo(402 * ROW_PX)
  expect(inDocument()).toContain('row 400')
})

it('keeps the row that has the focus', async () => {
  await show(400)
  const second = screen.getByRole('link', { name: 'row 2' })
  act(() => {
    second.focus()
  })
  scrollTo(300 * ROW_PX)
  expect(second).toHaveFocus()
  expect(inDocument()).toContain('row 3')
  expect(inDocument().length).toBeLessThan(40)
})

it('shows rows that are fewer than before', async () => {
  const { rerender } = await show(400)
  scrollTo(300 * ROW_PX)
  rerender(list(60))
  expect(inDocument()).toContain('row 60')
  rerender(list(2))
  expect(inDocument()).toEqual(['row 1', 'row 2'])
})

it('prints all rows', async () => {
  const onScreen = window.matchMedia.bind(window)
  vi.spyOn(window, 'matchMedia').mockImplementation((media) =>
    Object.assign(onScreen(media), { matches: media === 'print' }),
  )
  await show(400)
  expect(inDocument()).toHaveLength(400)
})
