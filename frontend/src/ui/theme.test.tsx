import { render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { useIsDark } from './theme'

function Shade() {
  return useIsDark() ? 'dark' : 'light'
}

it.each([
  { chosen: 'dark', device: 'light', shown: 'dark' },
  { chosen: 'light', device: 'dark', shown: 'light' },
  { chosen: 'system', device: 'dark', shown: 'dark' },
  { chosen: 'system', device: 'light', shown: 'light' },
])('$chosen on a $device device is $shown', ({ chosen, device, shown }) => {
  if (chosen !== 'system') localStorage.setItem('quits.theme', chosen)
  const answer = (media: string) =>
    Object.assign(new EventTarget(), { media, matches: media.includes(device) })
  vi.spyOn(window, 'matchMedia').mockImplementation(answer as typeof window.matchMedia)
  render(<Shade />)
  expect(screen.getByText(shown)).toBeInTheDocument()
})
