import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Subject } from 'rxjs'
import type { ApolloLink } from '@apollo/client'
import type { ReactNode } from 'react'
import { expect, it, vi } from 'vitest'
import { stage } from '../../test/answering'
import { contextOf } from '../../test/group'
import { useActivityStream } from '../groups'
import { ActivityPlace } from './ActivityPlace'
import { GroupActivity } from './GroupActivity'

const lisbon = {
  __typename: 'Group',
  ...{ id: 'g', name: 'Lisbon', kind: 'TRIP', members: [], viewerMember: null },
}

/** An expense that Ben added. */
const added = (description: string, at = '2026-11-22T09:30:00Z') => ({
  __typename: 'Activity',
  ...{ id: description, at, type: 'expense.created', summary: 'Ben did something' },
  ...{ group: lisbon, actor: { __typename: 'User', id: 'ben', name: 'Ben' } },
  expense: { __typename: 'Expense', id: description },
  ...{ payment: null, member: null, receiver: null, description, amount: null, recurring: false },
  ...{ reason: null, budget: null, claim: null, imported: null, ownEffect: [] },
})

const feed = (...nodes: ReturnType<typeof added>[]) => ({
  __typename: 'ActivityConnection',
  edges: nodes.map((node) => ({ __typename: 'ActivityEdge', cursor: node.id, node })),
  pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
})
const mine = (...nodes: ReturnType<typeof added>[]) => seen(null, ...nodes)
const seen = (activitySeenUpTo: string | null, ...nodes: ReturnType<typeof added>[]) => ({
  data: { me: { __typename: 'User', id: 'ada', activitySeenUpTo, activity: feed(...nodes) } },
})
const inGroup = (...nodes: ReturnType<typeof added>[]) => ({
  data: {
    group: { __typename: 'Group', id: 'g', activitySeenUpTo: null, activity: feed(...nodes) },
  },
})

/** Something is added to the feed of a group while it is looked at. */
const happens = (stream: Subject<ApolloLink.Result>, id: string) => {
  const activityChanged = { __typename: 'Activity', id: 'x', group: { __typename: 'Group', id } }
  act(() => {
    stream.next({ data: { activityChanged } })
  })
}

/** The stream begins, or begins again: something may have been missed. */
const begins = (stream: Subject<ApolloLink.Result>) => {
  act(() => {
    stream.next({ data: { activityChanged: null } })
  })
}

/** A page in the frame of the app, which follows what happens. */
function Framed({ children }: { children: ReactNode }) {
  useActivityStream()
  return children
}
const framed = (page: ReactNode) => <Framed>{page}</Framed>

/** The feed of a group, with a dinner in it. */
async function dinnerInGroup() {
  const stream = new Subject<ApolloLink.Result>()
  const GroupActivityQuery = vi.fn(() => inGroup(added('Dinner')))
  stage(framed(<GroupActivity />), {
    answers: { GroupActivity: GroupActivityQuery, ActivityChanged: () => stream },
    context: contextOf(),
  })
  await screen.findByRole('link', { name: /Dinner/ })
  return { stream, GroupActivityQuery }
}

it('shows what happens in any group as soon as it happens', async () => {
  const stream = new Subject<ApolloLink.Result>()
  const OwnActivity = vi.fn(() => mine(added('Dinner')))
  stage(framed(<ActivityPlace />), { answers: { OwnActivity, ActivityChanged: () => stream } })
  const dinner = await screen.findByRole('link', { name: /Dinner/ })
  expect(dinner).toHaveTextContent('Ben · added · Lisbon')
  expect(dinner).toHaveAttribute('href', '/groups/g?dialog=show&expense=Dinner')
  OwnActivity.mockReturnValue(mine(added('Fuel'), added('Dinner')))
  happens(stream, 'another')
  expect(await screen.findByRole('link', { name: /Fuel/ })).toBeInTheDocument()
})

it('tells what a schedule entered from what somebody added', async () => {
  const OwnActivity = () => mine({ ...added('Rent'), recurring: true })
  stage(<ActivityPlace />, { answers: { OwnActivity } })
  const rent = await screen.findByRole('link', { name: /Rent/ })
  expect(rent).toHaveTextContent('Ben · entered as planned')
})

it('shows what happens in a group as soon as it happens there', async () => {
  const { stream, GroupActivityQuery } = await dinnerInGroup()
  happens(stream, 'another')
  expect(GroupActivityQuery).toHaveBeenCalledTimes(1)
  GroupActivityQuery.mockReturnValue(inGroup(added('Fuel'), added('Dinner')))
  happens(stream, 'g')
  expect(await screen.findByRole('link', { name: /Fuel/ })).toBeInTheDocument()
})

it('shows what was missed as soon as the stream begins again', async () => {
  const { stream, GroupActivityQuery } = await dinnerInGroup()
  GroupActivityQuery.mockReturnValue(inGroup(added('Fuel'), added('Dinner')))
  begins(stream)
  expect(await screen.findByRole('link', { name: /Fuel/ })).toBeInTheDocument()
})

it('asks again when something happens while the first answer is on its way', async () => {
  const stream = new Subject<ApolloLink.Result>()
  const answers = [new Subject<ApolloLink.Result>(), new Subject<ApolloLink.Result>()]
  const OwnActivity = vi.fn(() => answers[OwnActivity.mock.calls.length - 1]!)
  stage(framed(<ActivityPlace />), { answers: { OwnActivity, ActivityChanged: () => stream } })
  await vi.waitFor(() => {
    expect(OwnActivity).toHaveBeenCalledTimes(1)
  })
  begins(stream)
  await vi.waitFor(() => {
    expect(OwnActivity).toHaveBeenCalledTimes(2)
  })
  const answer = (index: number, ...nodes: ReturnType<typeof added>[]) => {
    act(() => {
      answers[index]!.next(mine(...nodes))
      answers[index]!.complete()
    })
  }
  answer(1, added('Fuel'), added('Dinner'))
  expect(await screen.findByRole('link', { name: /Fuel/ })).toBeInTheDocument()
  answer(0, added('Dinner'))
  begins(stream)
  await vi.waitFor(() => {
    expect(OwnActivity).toHaveBeenCalledTimes(3)
  })
  expect(screen.getByRole('link', { name: /Fuel/ })).toBeInTheDocument()
})

const [before, since] = ['2026-11-22T09:30:00Z', '2026-11-23T10:00:00Z']

it('sets apart what is new since it was looked at, for as long as it is open', async () => {
  const stream = new Subject<ApolloLink.Result>()
  const OwnActivity = vi.fn(() => seen(before, added('Fuel', since), added('Dinner', before)))
  const MarkActivitySeen = vi.fn(() => ({ data: { markActivitySeen: true } }))
  const answers = { OwnActivity, MarkActivitySeen, ActivityChanged: () => stream }
  const { unmount } = stage(framed(<ActivityPlace />), { answers })
  const order = async () => {
    const { textContent } = await screen.findByRole('region', { name: 'Activity' })
    return textContent.match(/New since you last looked|Seen before|Fuel|Dinner/g)
  }
  const parts = ['New since you last looked', 'Fuel', 'Seen before', 'Dinner']
  expect(await order()).toEqual(parts)
  expect(MarkActivitySeen).toHaveBeenCalledExactlyOnceWith({ groupId: null, upTo: since })

  OwnActivity.mockReturnValue(seen(since, added('Fuel', since), added('Dinner', before)))
  happens(stream, 'another')
  await vi.waitFor(() => {
    expect(OwnActivity).toHaveBeenCalledTimes(2)
  })
  expect(await order()).toEqual(parts)
  unmount()
  stage(<ActivityPlace />, { answers })
  expect(await order()).toEqual(['Fuel', 'Dinner'])
  expect(MarkActivitySeen).toHaveBeenCalledTimes(1)
})

it('sets nothing apart for who has never looked', async () => {
  stage(<ActivityPlace />, { answers: { OwnActivity: () => mine(added('Dinner')) } })
  await screen.findByRole('link', { name: /Dinner/ })
  expect(screen.queryByText('New since you last looked')).not.toBeInTheDocument()
})

it('is narrowed to a topic and a member, which stand in the address', async () => {
  const GroupActivityQuery = vi.fn(({ filter }: Record<string, unknown>) =>
    filter ? inGroup() : inGroup(added('Dinner')),
  )
  const MarkActivitySeen = vi.fn(() => ({ data: { markActivitySeen: true } }))
  const { router } = stage(<GroupActivity />, {
    answers: { GroupActivity: GroupActivityQuery, MarkActivitySeen },
    context: contextOf(),
  })
  await screen.findByRole('link', { name: /Dinner/ })
  await userEvent.selectOptions(screen.getByLabelText('What'), 'Payments')
  expect(await screen.findByText('Nothing of that kind')).toBeInTheDocument()
  await userEvent.selectOptions(screen.getByLabelText('Who'), 'Ben')
  expect(router.state.location.search).toBe('?topic=PAYMENTS&member=ben')
  const filter = { topics: ['PAYMENTS'], memberId: 'ben' }
  expect(GroupActivityQuery).toHaveBeenLastCalledWith({ id: 'g', first: 50, filter })
  await userEvent.selectOptions(screen.getByLabelText('Who'), 'Anybody')
  await userEvent.selectOptions(screen.getByLabelText('What'), 'Everything')
  expect(await screen.findByRole('link', { name: /Dinner/ })).toBeInTheDocument()
  expect(router.state.location.search).toBe('')
  expect(MarkActivitySeen).toHaveBeenCalledExactlyOnceWith({ groupId: 'g', upTo: before })
})
