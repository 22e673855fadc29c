import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { stage } from '../../../test/answering'
import { euro } from '../../../test/expense'
import { contextOf, lisbon } from '../../../test/group'
import { HouseholdBalances } from './HouseholdBalances'

const ref = (id: string) => ({ __typename: 'Member', id })

it('opens what a household owes, and how its payer can pay', async () => {
  const group = lisbon({
    viewerMember: ref('ben'),
    households: [
      { __typename: 'Household', id: 'h', name: 'The Millers', members: [ref('ben'), ref('cleo')] },
    ] as never,
  })
  const transfers = [
    { __typename: 'Transfer', from: ref('ben'), to: ref('ada'), amount: euro('50.00') },
  ]
  const balances = [{ __typename: 'Balance', member: ref('ben'), net: euro('-50.00') }]
  const answer = {
    __typename: 'Group',
    id: 'g',
    balances,
    settlement: { __typename: 'Settlement', transfers },
  }
  stage(<HouseholdBalances {...contextOf(group)} />, {
    answers: { HouseholdBalances: () => ({ data: { group: answer } }) },
  })
  const settlement = within(await screen.findByRole('region', { name: 'Settle up' }))
  expect(settlement.getByRole('link', { name: /The Millers.*why/ })).toHaveAttribute(
    'href',
    expect.stringContaining('dialog=why&member=ben&currency=EUR&to=ada&household=1'),
  )
  expect(settlement.getByRole('link', { name: 'Pay Ada' })).toHaveAttribute(
    'href',
    expect.stringContaining('household=1'),
  )
  const rows = within(screen.getByRole('region', { name: 'Balances' }))
  expect(rows.getByRole('link', { name: /The Millers/ })).toHaveAttribute(
    'href',
    expect.stringContaining('dialog=why&member=ben&currency=EUR&household=1'),
  )
})
