import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { euro } from '../../../test/expense'
import { lisbon } from '../../../test/group'
import { SettleAll, type OpenTransfer } from './SettleAll'

const transfers: OpenTransfer[] = [
  { groupId: 'g', title: 'Lisbon', toViewer: true, amount: euro('50.00') },
  { groupId: 'h', title: 'Flat', toViewer: false, amount: euro('20.00') },
]

const open = (answers: Answers, due = transfers) =>
  stage(<SettleAll userId="ben" name="Ben" transfers={due} />, { answers })

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

describe('SettleAll', () => {
  it('shows the payment of each group before it records them', async () => {
    const SettleBetween = vi.fn(() => ({
      data: {
        settleBetween: [
          { __typename: 'Payment', id: 'p', group: lisbon() },
          { __typename: 'Payment', id: 'q', group: lisbon({ id: 'h', name: 'Flat' }) },
        ],
      },
    }))
    open({ SettleBetween })
    await press('Settle all between us')
    const rows = within(await screen.findByRole('list', { name: 'Payments' }))
    expect(rows.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
      'LisbonBen pays you€50.00',
      'FlatYou pay Ben€20.00',
    ])
    expect(SettleBetween).not.toHaveBeenCalled()
    await userEvent.selectOptions(screen.getByLabelText('How'), 'Bank transfer')
    await press('Record 2 payments')
    expect(SettleBetween).toHaveBeenCalledExactlyOnceWith({
      userId: 'ben',
      method: 'BANK_TRANSFER',
      expected: [
        { groupId: 'g', toCaller: true, amount: { amount: '50.00', currency: 'EUR' } },
        { groupId: 'h', toCaller: false, amount: { amount: '20.00', currency: 'EUR' } },
      ],
      idempotencyKey: expect.any(String) as unknown,
    })
    expect(await screen.findByText('2 payments recorded')).toBeInTheDocument()
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })

  it('records nothing that was not shown', async () => {
    open({ SettleBetween: () => refusal('STALE_VERSION', 'What is open has changed.') })
    await press('Settle all between us')
    await press('Record 2 payments')
    expect(await screen.findByRole('alert')).toBeInTheDocument()
    expect(screen.getByRole('dialog')).toBeInTheDocument()
  })

  it('says why nothing was recorded, and stays', async () => {
    open({ SettleBetween: () => refusal('NOT_ALLOWED', 'The group "Flat" is archived.') })
    await press('Settle all between us')
    await press('Record 2 payments')
    expect(await screen.findByRole('alert')).toHaveTextContent('The group "Flat" is archived.')
  })

  it('is not offered for a single payment', () => {
    open({}, transfers.slice(0, 1))
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
  })
})
