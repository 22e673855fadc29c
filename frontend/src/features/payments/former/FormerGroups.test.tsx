import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { stage, type Answers } from '../../../test/answering'
import { euro } from '../../../test/expense'
import { FormerGroups } from './FormerGroups'

const ref = (id: string) => ({ __typename: 'Member', id })

/** A group that Ben has left, with 30.00 still to be paid to Ada. */
const lisbon = {
  __typename: 'FormerGroup',
  groupId: 'g',
  name: 'Lisbon',
  memberId: 'ben',
  balances: [euro('-30.00')],
  transfers: [
    {
      __typename: 'Transfer',
      from: ref('ben'),
      to: ref('ada'),
      amount: euro('30.00'),
      payOptions: null,
    },
  ],
  people: [{ __typename: 'FormerGroupPerson', memberId: 'ada', name: 'Ada' }],
}

async function open(groups: () => object[] | null, answers: Answers = {}) {
  const answer = () => ({
    data: { me: { __typename: 'User', id: 'ben', formerGroups: groups() } },
  })
  stage(<FormerGroups />, { answers: { FormerGroups: answer, ...answers } })
  await userEvent.click(screen.getByText('Groups that you have left'))
}

describe('FormerGroups', () => {
  it('shows what is open in a group that was left, and settles it', async () => {
    let groups = [lisbon]
    const RecordFormerPayment = vi.fn(() => {
      groups = [{ ...lisbon, balances: [], transfers: [], people: [] }]
      return { data: { recordPayment: { __typename: 'Payment', id: 'p' } } }
    })
    await open(() => groups, { RecordFormerPayment })
    const row = await screen.findByRole('listitem')
    expect(row).toHaveTextContent('Lisbon')
    expect(row).toHaveTextContent('You pay Ada €30.00')
    await userEvent.click(within(row).getByRole('button', { name: 'Settle up with Ada' }))
    expect(RecordFormerPayment).not.toHaveBeenCalled()
    await userEvent.click(await screen.findByRole('button', { name: 'Record payment' }))
    expect(RecordFormerPayment).toHaveBeenCalledExactlyOnceWith({
      input: expect.objectContaining({
        groupId: 'g',
        fromMemberId: 'ben',
        toMemberId: 'ada',
        amount: { amount: '30.00', currency: 'EUR' },
      }) as unknown,
    })
    expect(await screen.findByText('Payment recorded')).toBeInTheDocument()
    expect(await screen.findByText('quits')).toBeInTheDocument()
  })

  it('shows every way to pay, and records the one that was taken', async () => {
    const way = (kind: string, label: string, link: string | null) => ({
      __typename: 'PayOption',
      ...{ kind, label, link, holder: kind === 'IBAN' ? 'Ada' : null, qr: null },
    })
    const payOptions = [
      way('IBAN', 'DE89 3704 0044 0532 0130 00', null),
      way('PAYPAL', 'paypal.me/ada', 'https://paypal.me/ada/30.00EUR'),
    ]
    const transfers = lisbon.transfers.map((transfer) => ({ ...transfer, payOptions }))
    const RecordFormerPayment = vi.fn(() => ({
      data: { recordPayment: { __typename: 'Payment', id: 'p' } },
    }))
    await open(() => [{ ...lisbon, transfers }], { RecordFormerPayment })
    await userEvent.click(await screen.findByRole('button', { name: 'Settle up with Ada' }))
    expect(await screen.findByText('DE89 3704 0044 0532 0130 00')).toBeInTheDocument()
    expect(screen.getByLabelText('How')).toHaveValue('BANK_TRANSFER')
    await userEvent.click(screen.getByRole('radio', { name: 'PayPal' }))
    expect(screen.getByRole('link', { name: 'paypal.me/ada' })).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Record payment' }))
    expect(RecordFormerPayment).toHaveBeenCalledExactlyOnceWith({
      input: expect.objectContaining({ method: 'OTHER' }) as unknown,
    })
  })

  it('says when there is none', async () => {
    await open(() => [])
    expect(await screen.findByText('You have left no group.')).toBeInTheDocument()
  })

  it('does not take an answer that is missing for none', async () => {
    await open(() => null)
    expect(await screen.findByText('Not available right now.')).toBeInTheDocument()
  })
})
