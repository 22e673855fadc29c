import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { stage } from '../../test/answering'
import { contextOf, lisbon } from '../../test/group'
import { FriendDialog } from './FriendDialog'

const friend = (id: string, name: string) => ({
  __typename: 'FriendEdge',
  cursor: id,
  node: {
    __typename: 'Friend',
    user: { __typename: 'User', id, name, email: `${id}@example.org` },
    since: '2026-11-01T08:00:00Z',
  },
})
const Friends = () => ({
  data: {
    me: {
      __typename: 'User',
      id: 'ada',
      friends: {
        __typename: 'FriendConnection',
        edges: [friend('ben', 'Ben'), friend('cleo', 'Cleo')],
        pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
      },
      friendRequests: [],
    },
  },
})

it('adds a friend who is not in the group yet', async () => {
  const group = lisbon({ version: 4 })
  const AddFriend = vi.fn(() => ({
    data: { addFriend: { __typename: 'Member', id: 'cleo-member', group } },
  }))
  stage(<FriendDialog {...contextOf()} />, { answers: { Friends, AddFriend } })
  const add = await screen.findByRole('button', { name: 'Add Cleo' })
  expect(screen.queryByRole('button', { name: 'Add Ben' })).not.toBeInTheDocument()
  await userEvent.click(add)
  expect(await screen.findByText('Cleo is in')).toBeInTheDocument()
  expect(AddFriend).toHaveBeenCalledExactlyOnceWith({ groupId: 'g', userId: 'cleo' })
})
