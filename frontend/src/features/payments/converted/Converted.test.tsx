import { screen, within } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { stage } from '../../../test/answering'
import { contextOf, lisbon } from '../../../test/group'
import { Converted } from './Converted'

const balance = (id: string, amount: string, currency: string) => ({
  __typename: 'Balance' as const,
  member: { __typename: 'Member' as const, id },
  net: { __typename: 'Money' as const, amount, currency },
})
const balances = [
  balance('ada', '10.00', 'EUR'),
  balance('ben', '-10.00', 'EUR'),
  balance('ada', '-11.00', 'USD'),
  balance('ben', '11.00', 'USD'),
]
const rate = { __typename: 'ExchangeRate', rate: '0.9090909091', day: '2026-11-20' }

function show(exchangeRate: object | null, rows = balances) {
  const RateToday = vi.fn(() => ({ data: { exchangeRate } }))
  const context = contextOf(lisbon({ balances: rows }))
  stage(<Converted {...context} />, { answers: { RateToday } })
  return RateToday
}

it('adds the balances of each person up in the currency of the group', async () => {
  const RateToday = show(rate)
  const region = await screen.findByRole('region', { name: 'Altogether in EUR' })
  expect(RateToday).toHaveBeenCalledExactlyOnceWith({ from: 'USD', to: 'EUR' })
  expect(region).toHaveTextContent('At the reference rates of Nov 20')
  const rows = within(region).getAllByRole('listitem')
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/≈ €0\.00$/),
    expect.stringMatching(/≈ €0\.00$/),
  ])
})

it('is not there without rates, nor where there is only one currency', async () => {
  const RateToday = show(null)
  await vi.waitFor(() => {
    expect(RateToday).toHaveBeenCalledOnce()
  })
  expect(screen.queryByRole('region')).not.toBeInTheDocument()
  expect(show(rate, balances.slice(0, 2))).not.toHaveBeenCalled()
})
