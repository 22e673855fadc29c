import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { euro } from '../../../test/expense'
import { contextOf, lisbon } from '../../../test/group'
import { WhyDialog } from './WhyDialog'

const ref = (id: string) => ({ __typename: 'Member', id })
const nothing = {
  __typename: 'Cause',
  expense: null,
  payment: null,
  otherReceiver: null,
  member: ref('ben'),
}

const expense = (description: string, amount: string) => ({
  ...nothing,
  expense: { __typename: 'Expense', id: description, description, date: '2026-11-20' },
  amount: euro(amount),
})
const payment = (from: string, to: string, amount: string) => ({
  ...nothing,
  payment: { __typename: 'Payment', id: 'p', from: ref(from), to: ref(to), date: '2026-11-21' },
  amount: euro(amount),
})
const page = (nodes: object[], endCursor: string | null = null) => ({
  __typename: 'CauseConnection',
  edges: nodes.map((node, index) => ({ __typename: 'CauseEdge', cursor: `${index}`, node })),
  pageInfo: { __typename: 'PageInfo', hasNextPage: endCursor !== null, endCursor },
})

/** Ben's balance of -50.00, which takes two pages to explain. */
const BalanceCauses: Answers[string] = ({ after }) => {
  const because = after
    ? page([expense('Museum', '-40.00')])
    : page([payment('ben', 'ada', '30.00'), expense('Dinner', '-40.00')], 'more')
  const of = (id: string, amount: string) => ({
    __typename: 'Balance',
    member: ref(id),
    net: euro(amount),
    because,
  })
  const balances = [of('ada', '50.00'), of('ben', '-50.00')]
  return { data: { group: { __typename: 'Group', id: 'g', balances } } }
}

const show = (search: string, answers: Answers) =>
  stage(<WhyDialog {...contextOf()} />, { at: `/groups/g?${search}`, answers })
const rows = async () => (await screen.findAllByRole('listitem')).map((row) => row.textContent)

it('opens a balance into what adds up to it', async () => {
  show('dialog=why&member=ben&currency=EUR', { BalanceCauses })
  expect(await screen.findByText('Dinner')).toBeInTheDocument()
  expect(screen.queryByText('Together')).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Show earlier ones' }))
  expect(await screen.findByText('Museum')).toBeInTheDocument()
  expect(await rows()).toEqual([
    expect.stringContaining('Ben paid you'),
    expect.stringContaining('Dinner'),
    expect.stringContaining('Museum'),
    'Together−€50.00',
  ])
  expect(screen.getByRole('link', { name: /Museum/ })).toHaveAttribute(
    'href',
    '/groups/g?dialog=show&expense=Museum',
  )
})

it('opens a transfer, less what goes to others', async () => {
  const because = page([
    { ...nothing, otherReceiver: ref('ada'), amount: euro('-10.00') },
    expense('Dinner', '60.00'),
  ])
  const transfer = { __typename: 'Transfer', from: ref('ben'), to: ref('ada') }
  const settlement = {
    __typename: 'Settlement',
    transfers: [{ ...transfer, amount: euro('50.00'), because }],
  }
  show('dialog=why&member=ben&to=ada&currency=EUR', {
    TransferCauses: () => ({ data: { group: { __typename: 'Group', id: 'g', settlement } } }),
  })
  expect(await screen.findByText('Dinner')).toBeInTheDocument()
  expect(await rows()).toEqual(['goes to you−€10.00', expect.any(String), 'Together+€50.00'])
})

it('says that an explanation is not available', async () => {
  show('dialog=why&member=ben&currency=EUR', {
    BalanceCauses: () => refusal('INTERNAL', 'payments is down'),
  })
  expect(await screen.findByText(/explanation is not available/)).toBeInTheDocument()
})

it('says that there is nothing to explain any more', () => {
  show('dialog=why&member=ben&to=cleo&currency=EUR', {})
  expect(screen.getByText('This is settled in the meantime.')).toBeInTheDocument()
})

it('opens the transfer of a household into what its members owe', async () => {
  const households = [
    { __typename: 'Household', id: 'h', name: 'The Millers', members: [ref('ben'), ref('cleo')] },
  ]
  const cleo = { ...lisbon().members[1]!, id: 'cleo', name: 'Cleo' }
  const group = lisbon({
    households: households,
    members: [...lisbon().members, cleo],
  })
  const transfer = {
    __typename: 'Transfer',
    from: ref('ben'),
    to: ref('ada'),
    amount: euro('50.00'),
  }
  const answer = (transfers: object[]) => ({
    data: {
      group: {
        __typename: 'Group',
        id: 'g',
        balances: [],
        settlement: { __typename: 'Settlement', transfers },
      },
    },
  })
  const because = page([
    expense('Dinner', '60.00'),
    { ...expense('Museum', '-10.00'), member: ref('cleo') },
  ])
  stage(<WhyDialog {...contextOf(group)} />, {
    at: '/groups/g?dialog=why&member=ben&to=ada&currency=EUR&household=1',
    answers: {
      HouseholdBalances: () => answer([transfer]),
      TransferCauses: ({ perHousehold }) => answer(perHousehold ? [{ ...transfer, because }] : []),
    },
  })
  expect(await screen.findByText('Dinner')).toBeInTheDocument()
  expect(screen.getByText('The Millers')).toBeInTheDocument()
  expect(await rows()).toEqual([
    expect.stringMatching(/Dinner.*Ben · .*€60\.00/),
    expect.stringMatching(/Museum.*Cleo · .*€10\.00/),
    'Together+€50.00',
  ])
})
