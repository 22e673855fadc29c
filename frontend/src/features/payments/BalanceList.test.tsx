import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { stage } from '../../test/answering'
import { contextOf, lisbon } from '../../test/group'
import { BalanceList } from './BalanceList'
import { SettlementList } from './SettlementList'

describe('BalanceList', () => {
  it('tells the direction in words and by sign', () => {
    stage(<BalanceList {...contextOf()} />)
    const [ada, ben] = screen.getAllByRole('listitem')
    expect(ada).toHaveTextContent('Youget back +€50.00')
    expect(ben).toHaveTextContent('Benowes −€50.00')
  })

  it('says that balances are unknown instead of zero', () => {
    stage(<BalanceList {...contextOf(lisbon({ balances: null }))} />)
    expect(screen.getByText('Balances are not available right now.')).toBeInTheDocument()
    expect(screen.queryByText(/0\.00/)).not.toBeInTheDocument()
  })
})

describe('SettlementList', () => {
  it('leads from each transfer to the payment that books it', () => {
    stage(<SettlementList {...contextOf()} />)
    const row = screen.getByRole('listitem')
    expect(row).toHaveTextContent('€50.00')
    expect(within(row).getByRole('link', { name: 'Record: Ben to you' })).toHaveAttribute(
      'href',
      '/?dialog=payment&from=ben&to=ada&amount=50.00&currency=EUR',
    )
    expect(screen.getByText(/fewer is not possible/)).toBeInTheDocument()
  })

  it('celebrates quietly', () => {
    const settlement = { ...lisbon().settlement!, transfers: [] }
    stage(<SettlementList {...contextOf(lisbon({ settlement }))} />)
    expect(screen.getByText('Everybody is quits.')).toBeInTheDocument()
  })

  it('says that a plan is unknown instead of empty', () => {
    stage(<SettlementList {...contextOf(lisbon({ settlement: null }))} />)
    expect(screen.getByText('The settlement is not available right now.')).toBeInTheDocument()
  })
})
