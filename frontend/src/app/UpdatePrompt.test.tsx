import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useRegisterSW } from 'virtual:pwa-register/react'
import { expect, it, vi } from 'vitest'
import { Localised } from '../ui/Localised'
import { UpdatePrompt } from './UpdatePrompt'

vi.mock('virtual:pwa-register/react', () => ({ useRegisterSW: vi.fn() }))

function show(waiting: boolean) {
  const updateServiceWorker = vi.fn(() => Promise.resolve())
  vi.mocked(useRegisterSW).mockReturnValue({
    needRefresh: [waiting, () => undefined],
    offlineReady: [false, () => undefined],
    updateServiceWorker,
  })
  render(
    <Localised>
      <UpdatePrompt />
    </Localised>,
  )
  return updateServiceWorker
}

it('offers a version that was deployed meanwhile, and loads it on request', async () => {
  const update = show(true)
  expect(screen.getByRole('status')).toHaveTextContent('A new version of Quits is ready.')
  expect(update).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Update now' }))
  expect(update).toHaveBeenCalledOnce()
})

it('is silent while there is none', () => {
  show(false)
  expect(screen.queryByRole('status')).not.toBeInTheDocument()
})
