import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../test/answering'
import { AddFriendDialog } from './AddFriendDialog'
import { FriendActions } from './FriendActions'
import { Requests } from './Requests'

const user = (id: string, name: string) => ({
  __typename: 'User',
  id,
  name,
  email: `${id}@example.org`,
})
const ada = user('ada', 'Ada')
const ben = user('ben', 'Ben')

const request = (id: string, from: typeof ada, to: typeof ada) => ({
  __typename: 'FriendRequest',
  id,
  from,
  to,
  createdAt: '2026-11-22T09:30:00Z',
})

/** A server on which Ada has these friends and requests. */
function friends(people: (typeof ben)[], requests: ReturnType<typeof request>[] = []) {
  const me = {
    ...ada,
    friends: {
      __typename: 'FriendConnection',
      edges: people.map((each) => ({
        __typename: 'FriendEdge',
        cursor: each.id,
        node: { __typename: 'Friend', user: each, since: '2026-11-01T08:00:00Z' },
      })),
      pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
    },
    friendRequests: requests,
  }
  return { data: { me } }
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

describe('AddFriendDialog', () => {
  async function ask(answers: Answers) {
    stage(<AddFriendDialog />, { at: '/?dialog=friend', answers })
    await userEvent.type(screen.getByLabelText('Email'), ' ben@example.org ')
    await press('Send request')
  }

  it('asks, and says no more than that', async () => {
    const SendFriendRequest = vi.fn(() => ({ data: { sendFriendRequest: true } }))
    await ask({ SendFriendRequest, Friends: () => friends([]) })
    expect(await screen.findByText('Request sent to ben@example.org')).toBeInTheDocument()
    expect(SendFriendRequest).toHaveBeenCalledExactlyOnceWith({ email: 'ben@example.org' })
  })

  it('says at the field what is wrong with an address', async () => {
    await ask({ SendFriendRequest: () => refusal('VALIDATION', 'No address.', 'email') })
    expect(await screen.findByText('No address.')).toBeInTheDocument()
    expect(screen.getByLabelText('Email')).toHaveAccessibleDescription('No address.')
  })
})

describe('Requests', () => {
  it('are accepted, and gone then', async () => {
    let open = [request('r', ben, ada)]
    const AcceptFriendRequest = vi.fn(() => {
      open = []
      return { data: { acceptFriendRequest: { __typename: 'Friend', since: '2026-11-22' } } }
    })
    const Friends = () => friends(open.length > 0 ? [] : [ben], open)
    stage(<Requests />, { answers: { Friends, AcceptFriendRequest } })
    expect(await screen.findByRole('listitem')).toHaveTextContent('wants to be your friend')
    await press('Accept')
    expect(await screen.findByText('Ben is your friend now')).toBeInTheDocument()
    expect(AcceptFriendRequest).toHaveBeenCalledExactlyOnceWith({ id: 'r' })
    expect(screen.queryByRole('list', { name: 'Requests' })).not.toBeInTheDocument()
  })

  it('tells those of the viewer from those to the viewer', async () => {
    const cleo = user('cleo', 'Cleo')
    const DeclineFriendRequest = vi.fn(() => ({ data: { declineFriendRequest: true } }))
    const Friends = () => friends([], [request('in', ben, ada), request('out', ada, cleo)])
    stage(<Requests />, { answers: { Friends, DeclineFriendRequest } })
    const [received, sent] = await screen.findAllByRole('listitem')
    await userEvent.click(within(received!).getByRole('button', { name: 'Decline' }))
    expect(DeclineFriendRequest).toHaveBeenCalledExactlyOnceWith({ id: 'in' })
    expect(sent).toHaveTextContent('Cleohas not answered yet')
    await userEvent.click(within(sent!).getByRole('button', { name: 'Withdraw' }))
    expect(DeclineFriendRequest).toHaveBeenLastCalledWith({ id: 'out' })
  })
})

describe('FriendActions', () => {
  const show = (answers: Answers) => stage(<FriendActions id="ben" name="Ben" />, { answers })

  it('spends with a friend in what the two share', async () => {
    const DirectGroup = vi.fn(() => ({ data: { directGroup: { __typename: 'Group', id: 'two' } } }))
    const { router } = show({ Friends: () => friends([ben]), DirectGroup })
    await press('Add expense')
    expect(DirectGroup).toHaveBeenCalledExactlyOnceWith({ friendId: 'ben', currency: 'EUR' })
    expect(router.state.location).toMatchObject({
      pathname: '/groups/two',
      search: '?dialog=expense',
    })
  })

  it('asks a stranger', async () => {
    const SendFriendRequestTo = vi.fn(() => ({ data: { sendFriendRequestTo: true } }))
    show({ Friends: () => friends([]), SendFriendRequestTo })
    await press('Add as friend')
    expect(await screen.findByText('Request sent to Ben')).toBeInTheDocument()
    expect(SendFriendRequestTo).toHaveBeenCalledExactlyOnceWith({ userId: 'ben' })
  })

  it('blocks only once it is confirmed, and offers to take it back', async () => {
    const BlockUser = vi.fn(() => ({ data: { blockUser: true } }))
    const UnblockUser = vi.fn(() => ({ data: { unblockUser: true } }))
    show({ Friends: () => friends([ben]), BlockUser, UnblockUser })
    await press('Actions for Ben')
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Block' }))
    expect(BlockUser).not.toHaveBeenCalled()
    await press('Block')
    await press('Unblock')
    expect(BlockUser).toHaveBeenCalledExactlyOnceWith({ userId: 'ben' })
    expect(UnblockUser).toHaveBeenCalledExactlyOnceWith({ userId: 'ben' })
  })
})
