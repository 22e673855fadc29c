import { act, screen } from '@testing-library/react'
import { Subject } from 'rxjs'
import type { ApolloLink } from '@apollo/client'
import { expect, it, vi } from 'vitest'
import { stage } from '../../test/answering'
import { contextOf } from '../../test/group'
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
  ...{ payment: null, member: null, receiver: null, description, amount: null },
  ...{ reason: null, budget: null, ownEffect: [] },
})

const feed = (...nodes: ReturnType<typeof added>[]) => ({
  __typename: 'ActivityConnection',
  edges: nodes.map((node) => ({ __typename: 'ActivityEdge', cursor: node.id, node })),
  pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
})
const mine = (...nodes: ReturnType<typeof added>[]) => ({
  data: { me: { __typename: 'User', id: 'ada', activity: feed(...nodes) } },
})
const inGroup = (...nodes: ReturnType<typeof added>[]) => ({
  data: { group: { __typename: 'Group', id: 'g', activity: feed(...nodes) } },
})

/** Something is added to the feed of a group while it is looked at. */
const happens = (stream: Subject<ApolloLink.Result>, id: string) => {
  const activityAdded = { __typename: 'Activity', id: 'x', group: { __typename: 'Group', id } }
  act(() => {
    stream.next({ data: { activityAdded } })
  })
}

it('shows what happens in any group as soon as it happens', async () => {
  const stream = new Subject<ApolloLink.Result>()
  const OwnActivity = vi.fn(() => mine(added('Dinner')))
  stage(<ActivityPlace />, { answers: { OwnActivity, ActivityAdded: () => stream } })
  const dinner = await screen.findByRole('link', { name: /Dinner/ })
  expect(dinner).toHaveTextContent('Ben · added · Lisbon')
  expect(dinner).toHaveAttribute('href', '/groups/g?dialog=show&expense=Dinner')
  OwnActivity.mockReturnValue(mine(added('Fuel'), added('Dinner')))
  happens(stream, 'another')
  expect(await screen.findByRole('link', { name: /Fuel/ })).toBeInTheDocument()
})

it('shows what happens in a group as soon as it happens there', async () => {
  const stream = new Subject<ApolloLink.Result>()
  const GroupActivityQuery = vi.fn(() => inGroup(added('Dinner')))
  stage(<GroupActivity />, {
    answers: { GroupActivity: GroupActivityQuery, ActivityAdded: () => stream },
    context: contextOf(),
  })
  await screen.findByRole('link', { name: /Dinner/ })
  happens(stream, 'another')
  expect(GroupActivityQuery).toHaveBeenCalledTimes(1)
  GroupActivityQuery.mockReturnValue(inGroup(added('Fuel'), added('Dinner')))
  happens(stream, 'g')
  expect(await screen.findByRole('link', { name: /Fuel/ })).toBeInTheDocument()
})
