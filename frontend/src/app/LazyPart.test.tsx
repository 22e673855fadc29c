import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { Localised } from '../ui/Localised'
import { LazyPart } from './LazyPart'
import { lazyPage } from './lazyPage'

it('a part that does not arrive leaves the rest of the page, and arrives on request', async () => {
  vi.spyOn(console, 'error').mockReturnValue()
  const load = vi.fn<() => Promise<() => string>>().mockRejectedValue(new TypeError('offline'))
  const Late = lazyPage(load)
  await act(async () => {
    render(
      <Localised>
        <p>the rest</p>
        <LazyPart waiting="on its way">
          <Late />
        </LazyPart>
      </Localised>,
    )
    await Promise.resolve()
  })
  const alert = await screen.findByRole('alert', {}, { timeout: 5_000 })
  expect(alert).toHaveTextContent('This could not be loaded. You may be offline.')
  expect(screen.getByText('the rest')).toBeInTheDocument()
  load.mockResolvedValue(() => 'the late part')
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')))
  await act(() => userEvent.click(screen.getByRole('button', { name: 'Try again' })))
  expect(await screen.findByText('the late part')).toBeInTheDocument()
})
