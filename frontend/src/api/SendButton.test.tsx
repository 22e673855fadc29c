import { act, render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { Localised } from '../ui/Localised'
import { SendButton } from './SendButton'

it('says that there is no network, and can be pressed again when there is one', () => {
  const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  render(
    <Localised>
      <SendButton>Save changes</SendButton>
    </Localised>,
  )
  expect(screen.getByRole('button', { name: 'You are offline' })).toBeDisabled()
  onLine.mockReturnValue(true)
  act(() => {
    window.dispatchEvent(new Event('online'))
  })
  expect(screen.getByRole('button', { name: 'Save changes' })).toBeEnabled()
})
