import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { stage } from '../../test/answering'
import { TabBar } from './TabBar'

it.each([
  [9, '9'],
  [10, '9+'],
])('tells how many things are new, up to a number that has room: %i', async (count, shown) => {
  const UnreadNotifications = () => ({ data: { unreadNotifications: count } })
  stage(<TabBar />, { answers: { UnreadNotifications } })
  const badge = await screen.findByText(shown)
  expect(badge).toHaveTextContent(`${shown} new`)
  expect(badge.closest('a')).toHaveAttribute('href', '/activity')
})
