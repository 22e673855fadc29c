import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { stage } from '../../test/answering'
import { groupsPage, lisbon } from '../../test/group'
import { GroupNav } from './GroupNav'

const trips = (count: number) =>
  Array.from({ length: count }, (_, index) => lisbon({ id: `${index}`, name: `Trip ${index}` }))
const show = (count: number) => {
  const Groups = vi.fn(({ archived }: Record<string, unknown>) =>
    groupsPage(archived ? [lisbon({ id: 'old', name: 'Rome' })] : trips(count)),
  )
  stage(<GroupNav />, { answers: { Groups } })
  return Groups
}

it('offers a filter where the groups are not found at a glance', async () => {
  show(8)
  await userEvent.type(await screen.findByRole('searchbox', { name: 'Filter groups' }), 'trip 3')
  expect(screen.getAllByRole('listitem')).toHaveLength(1)
  expect(screen.getByRole('link', { name: /Trip 3/ })).toHaveAttribute('href', '/groups/3')
})

it('shows the archived groups once somebody unfolds them', async () => {
  const Groups = show(7)
  await screen.findByRole('link', { name: /Trip 6/ })
  expect(screen.queryByRole('searchbox')).not.toBeInTheDocument()
  expect(Groups).toHaveBeenCalledExactlyOnceWith({ first: 50, archived: false })
  await userEvent.click(screen.getByText('Archived groups'))
  const fold = screen.getByRole('group')
  expect(await within(fold).findByRole('link', { name: /Rome/ })).toBeInTheDocument()
  expect(Groups).toHaveBeenLastCalledWith({ first: 50, archived: true })
})
