import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { euro } from '../../test/expense'
import { stage } from '../../test/answering'
import { NotificationsBell } from './NotificationsBell'
import { NotificationsPage } from './NotificationsPage'

const user = (id: string, name: string) => ({ __typename: 'User', id, name })
const member = (id: string, name: string) => ({
  __typename: 'Member',
  id: `${id}-member`,
  name,
  user: { __typename: 'User', id },
})
const lisbon = {
  __typename: 'Group',
  id: 'g',
  name: 'Lisbon',
  kind: 'TRIP',
  members: [member('ada', 'Ada'), member('ben', 'Ben')],
  viewerMember: { __typename: 'Member', id: 'ada-member' },
}

interface Told {
  id: string
  type: string
  read?: boolean
  [field: string]: unknown
}

/** What Ada is told of something that Ben did in Lisbon. */
function told({ id, type, read = false, ...fields }: Told) {
  const at = '2026-11-22T09:30:00Z'
  const activity = {
    __typename: 'Activity',
    id: `activity-${id}`,
    at,
    type,
    summary: 'Ben did something',
    group: lisbon,
    actor: user('ben', 'Ben'),
    expense: null,
    payment: null,
    member: null,
    receiver: null,
    recurring: false,
    description: null,
    amount: null,
    reason: null,
    budget: null,
    claim: null,
    imported: null,
    ownEffect: [],
    ...fields,
  }
  return { __typename: 'Notification', id, at, read, activity }
}

const page = (nodes: ReturnType<typeof told>[]) => ({
  data: {
    notifications: {
      __typename: 'NotificationConnection',
      edges: nodes.map((node) => ({ __typename: 'NotificationEdge', cursor: node.id, node })),
      pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
    },
  },
})
/** The payment that an activity is about, as it is now. */
const payment = (amount: string, settles: object | null = null) => ({
  __typename: 'Payment',
  id: `p${amount}`,
  amount: { ...euro(amount), currency: settles ? 'USD' : 'EUR' },
  settles,
})
const rows = async () => (await screen.findAllByRole('listitem')).map((row) => row.textContent)

beforeEach(() => {
  // Signed in as Ada.
  const accessToken = `.${btoa(JSON.stringify({ sub: 'ada' }))}.`
  const session = { accessToken, refreshToken: 'r', renewAt: Date.now() + 3_600_000 }
  localStorage.setItem('quits.session', JSON.stringify(session))
})

it('tells how much of a budget is spent, and leads to the insights', async () => {
  const euro = (amount: string) => ({ __typename: 'Money', amount, currency: 'EUR' })
  const spent = { limit: euro('100.00'), spent: euro('82.00') }
  const budget = { __typename: 'BudgetState', category: 'dining', month: '2026-11', ...spent }
  const warning = told({ id: 'b', type: 'budget.near', actor: null, budget })
  stage(<NotificationsPage />, { answers: { Notifications: () => page([warning]) } })
  const link = await screen.findByRole('link', { name: /Eating out, November 2026/ })
  expect(link).toHaveTextContent('€82.00 of €100.00')
  expect(link).toHaveTextContent('Quits · budget nearly spent')
  expect(link).toHaveAttribute('href', '/groups/g/insights')
})

it('tells of a friend request, and leads to the people', async () => {
  const request = told({ id: 'f', type: 'friendship.requested', group: null })
  stage(<NotificationsPage />, { answers: { Notifications: () => page([request]) } })
  const link = await screen.findByRole('link', { name: /Friends/ })
  expect(link).toHaveTextContent('Ben · asks to be your friend')
  expect(link).toHaveAttribute('href', '/people')
})

it('tells what others did, in words and amounts, and leads to it', async () => {
  const notifications = [
    told({
      id: '1',
      type: 'expense.created',
      expense: { __typename: 'Expense', id: 'e' },
      description: 'Dinner',
      amount: euro('30.00'),
      ownEffect: [euro('-15.00')],
    }),
    told({
      id: '2',
      type: 'payment.disputed',
      payment: payment('20.00'),
      member: member('ada', 'Ada'),
      receiver: member('ben', 'Ben'),
      amount: euro('20.00'),
      reason: 'Nothing came',
      read: true,
    }),
    told({ id: '3', type: 'something.new', read: true }),
  ]
  stage(<NotificationsPage />, {
    answers: {
      Notifications: () => page(notifications),
      UnreadNotifications: () => ({ data: { unreadNotifications: 1 } }),
    },
  })
  expect(await rows()).toEqual([
    expect.stringMatching(/^not read yet: Dinner €30\.00Ben · added · Lisbon.*−€15\.00$/),
    expect.stringMatching(/^You paid Ben €20\.00“Nothing came”Ben · disputed · Lisbon/),
    expect.stringMatching(/^Ben did somethingBen · Lisbon/),
  ])
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'))
  expect(links).toEqual([
    '/activity',
    '/groups/g?dialog=show&expense=e',
    '/groups/g/balances?dialog=paid&payment=p20.00',
    '/groups/g',
  ])
})

it('asks the receiver of a payment that somebody else recorded to confirm it', async () => {
  const parties = { member: member('ben', 'Ben'), receiver: member('ada', 'Ada') }
  const paid = {
    ...{ type: 'payment.processed', payment: payment('20.00') },
    ...{ ...parties, amount: euro('20.00') },
  }
  const own = { ...paid, actor: user('ada', 'Ada') }
  const notifications = [told({ id: '1', ...paid }), told({ id: '2', ...own })]
  stage(<NotificationsPage />, { answers: { Notifications: () => page(notifications) } })
  expect(await rows()).toEqual([
    expect.stringMatching(/Ben paid you €20\.00Ben · recorded, confirm it once it has come/),
    expect.stringMatching(/Ben paid you €20\.00You · recorded · Lisbon/),
  ])
})

it.each([
  ['payment.refunded', /Ben paid you €20\.00Ben · money returned/],
  ['payment.dispute_ended', /Ben paid you €20\.00Ben · dispute settled/],
])('tells of %s in words of its own, not in a sentence of the server', async (type, words) => {
  const parties = { member: member('ben', 'Ben'), receiver: member('ada', 'Ada') }
  const notification = told({ id: '1', type, ...parties, amount: euro('20.00') })
  stage(<NotificationsPage />, { answers: { Notifications: () => page([notification]) } })
  const [row] = await rows()
  expect(row).toMatch(words)
  expect(row).not.toContain('did something')
})

it.each([
  ['MADE', 'group.member_joined', 'Ben · joined · Lisbon'],
  ['REQUESTED', 'group.claim_requested', 'Ben · asks to join the group · Lisbon'],
  ['APPROVED', 'group.member_joined', 'Ben · let into the group · Lisbon'],
  ['UNDONE', 'group.claim_undone', 'Ben · undid that somebody joined as a guest · Lisbon'],
])('tells who takes the place of which guest: %s', async (step, type, words) => {
  const claim = { __typename: 'ClaimState', step, userName: 'Cleopatra', guestName: 'Cleo' }
  stage(<NotificationsPage />, {
    answers: { Notifications: () => page([told({ id: '1', type, claim })]) },
  })
  expect(await rows()).toEqual([expect.stringContaining(`Cleopatra as Cleo${words}`)])
})

it('tells of the end of an import, and leads to the group', async () => {
  const ended = told({ id: '1', type: 'import.finished', imported: 300, actor: user('ada', 'Ada') })
  stage(<NotificationsPage />, { answers: { Notifications: () => page([ended]) } })
  const link = await screen.findByRole('link', { name: /300 entries of a file/ })
  expect(link).toHaveTextContent('You · imported · Lisbon')
  expect(link).toHaveAttribute('href', '/groups/g')
})

it('marks what is shown as read', async () => {
  let read = false
  const MarkNotificationsRead = vi.fn(() => {
    read = true
    return { data: { markNotificationsRead: true } }
  })
  stage(<NotificationsPage />, {
    answers: {
      Notifications: () => page([told({ id: '1', type: 'expense.created', read })]),
      UnreadNotifications: () => ({ data: { unreadNotifications: read ? 0 : 1 } }),
      MarkNotificationsRead,
    },
  })
  expect(await screen.findByText('not read yet:', { exact: false })).toBeInTheDocument()
  await userEvent.click(await screen.findByRole('button', { name: 'Mark all as read' }))
  expect(MarkNotificationsRead).toHaveBeenCalledExactlyOnceWith({ upTo: '2026-11-22T09:30:00Z' })
  await vi.waitFor(() => {
    expect(screen.queryByText('not read yet:', { exact: false })).not.toBeInTheDocument()
  })
  expect(screen.queryByRole('button', { name: 'Mark all as read' })).not.toBeInTheDocument()
})

it.each([
  [0, 'Notifications', ''],
  [1, 'Notifications, 1 not read yet', '1'],
  [150, 'Notifications, 150 not read yet', '99+'],
])('a bell with %i', async (unreadNotifications, name, shown) => {
  stage(<NotificationsBell />, {
    answers: { UnreadNotifications: () => ({ data: { unreadNotifications } }) },
  })
  const bell = await screen.findByRole('link', { name })
  expect(bell).toHaveTextContent(shown)
  expect(within(bell).queryByText('0')).not.toBeInTheDocument()
})

it('tells what changed hands for a debt in another currency, as long as it is known', async () => {
  const paid = {
    type: 'payment.processed',
    ...{ member: member('ben', 'Ben'), receiver: member('ada', 'Ada'), amount: euro('50.00') },
  }
  const notifications = [
    told({ id: '1', ...paid, payment: payment('54.00', euro('50.00')) }),
    told({ id: '2', ...paid, payment: payment('64.00', euro('60.00')) }),
  ]
  stage(<NotificationsPage />, { answers: { Notifications: () => page(notifications) } })
  expect(await rows()).toEqual([
    expect.stringMatching(/Ben paid you \$54\.00 for €50\.00Ben · recorded/),
    expect.stringMatching(/Ben paid you €50\.00Ben · recorded/),
  ])
})
