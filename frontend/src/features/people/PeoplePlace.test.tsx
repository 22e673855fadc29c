import { screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { stage } from '../../test/answering'
import { standing } from '../../test/group'
import { PeoplePlace } from './PeoplePlace'

const member = (id: string, name: string) => ({
  __typename: 'Member',
  id: `${id}-${name}`,
  name,
  isGuest: false,
  state: 'ACTIVE',
  user: { __typename: 'User', id: name },
})
const ref = (id: string) => ({ __typename: 'Member', id })

/** A page with one group, in which Ben owes Ada 10.00. */
function page(id: string, endCursor: string, hasNextPage: boolean) {
  const amount = { __typename: 'Money', amount: '10.00', currency: 'EUR' }
  const transfer = { __typename: 'Transfer', from: ref(`${id}-Ben`), to: ref(`${id}-Ada`), amount }
  const node = {
    __typename: 'Group',
    id,
    name: id,
    kind: 'TRIP',
    currency: 'EUR',
    members: [member(id, 'Ada'), member(id, 'Ben')],
    viewerMember: ref(`${id}-Ada`),
    balances: [],
    settlement: {
      __typename: 'Settlement',
      transfers: [transfer],
      minimal: true,
      ledgerVersion: 1,
    },
  }
  return {
    data: {
      groups: {
        __typename: 'GroupConnection',
        edges: [{ __typename: 'GroupEdge', cursor: endCursor, node }],
        pageInfo: { __typename: 'PageInfo', hasNextPage, endCursor },
        totalCount: 2,
      },
    },
  }
}

it('tells what is open with somebody, and all the groups that are shared', async () => {
  const Groups = vi.fn(({ after }: Record<string, unknown>) =>
    after ? page('flat', 'two', false) : page('trip', 'one', true),
  )
  stage(<PeoplePlace />, { answers: { Groups, Totals: () => standing('20.00', { Ben: '20.00' }) } })
  const ben = await screen.findByRole('link', { name: /Ben/ })
  expect(ben).toHaveTextContent('€20.00')
  expect(ben).toHaveTextContent('trip · flat')
})

it('says why where not all groups can be read', async () => {
  const Groups = ({ after }: Record<string, unknown>) =>
    after ? new Error('away') : page('trip', 'one', true)
  stage(<PeoplePlace />, { answers: { Groups, Totals: () => standing('20.00') } })
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeInTheDocument()
  expect(screen.queryByRole('link', { name: /Ben/ })).not.toBeInTheDocument()
})
