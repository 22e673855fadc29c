import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { mask } from '../../api/fragments'
import type { ShownFragment } from '../../api/shown.generated'
import { refusal, stage, type Answers } from '../../test/answering'
import { euro } from '../../test/expense'
import { contextOf, lisbon } from '../../test/group'
import { benPaidAda } from '../../test/payment'
import { EditPaymentDialog } from './EditPaymentDialog'
import { PaymentDialog } from './PaymentDialog'

const group = lisbon({ ledgerVersion: 8 })
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

function open(payment = benPaidAda(), answers: Answers = {}, of = lisbon()) {
  const ShownPayment = () => ({ data: { payment } })
  return stage(<PaymentDialog {...contextOf(of)} />, {
    at: '/groups/g/balances?dialog=paid&payment=p',
    answers: { ShownPayment, ...answers },
  })
}

describe('PaymentDialog', () => {
  it('lets the receiver confirm it, and shows that at once', async () => {
    const confirmed = benPaidAda({ confirmedAt: '2026-11-21T08:00:00Z', version: 2 })
    const ConfirmPayment = vi.fn(() => ({ data: { confirmPayment: { ...confirmed, group } } }))
    open(benPaidAda(), { ConfirmPayment })
    expect(await screen.findByText('recorded')).toBeInTheDocument()
    await press('I have received it')
    expect(await screen.findByText('confirmed')).toBeInTheDocument()
    expect(ConfirmPayment).toHaveBeenCalledExactlyOnceWith({ id: 'p' })
    expect(screen.queryByRole('button', { name: 'I have received it' })).not.toBeInTheDocument()
  })

  it('offers nothing where the group is archived, and says so', async () => {
    open(benPaidAda(), {}, lisbon({ archivedAt: '2026-11-22T09:30:00Z' }))
    expect(await screen.findByText(/^This group is archived/)).toBeInTheDocument()
    const names = screen.getAllByRole('button').map((button) => button.ariaLabel)
    expect(names).toEqual(['Close'])
  })

  it('tells what a payment in another currency settles', async () => {
    const dollars = { ...euro('54.00'), currency: 'USD' as const }
    open(benPaidAda({ amount: dollars, settles: euro('50.00') }))
    expect(await screen.findByText(/It settles/)).toHaveTextContent('It settles €50.00.')
    expect(screen.getByText('$54.00')).toBeInTheDocument()
  })

  it('asks for a reason before it is disputed', async () => {
    const disputed = benPaidAda({
      status: 'DISPUTED',
      disputeReason: 'Nothing came.',
      version: 2,
    })
    const DisputePayment = vi.fn(() => ({ data: { disputePayment: { ...disputed, group } } }))
    open(benPaidAda(), { DisputePayment })
    await press('Dispute')
    await press('Dispute')
    expect(await screen.findByText('This is needed.')).toBeInTheDocument()
    expect(DisputePayment).not.toHaveBeenCalled()
    await userEvent.type(screen.getByLabelText('What is not right?'), ' Nothing came. ')
    await press('Dispute')
    expect(await screen.findByText('Nothing came.')).toBeInTheDocument()
    expect(screen.getByText('disputed')).toBeInTheDocument()
    expect(DisputePayment).toHaveBeenCalledExactlyOnceWith({ id: 'p', reason: 'Nothing came.' })
  })

  it('withdraws it once that is confirmed, and offers to record it again', async () => {
    const VoidPayment = vi.fn(() => ({
      data: { voidPayment: { ...benPaidAda({ status: 'VOIDED', version: 2 }), group } },
    }))
    const { router } = open(benPaidAda(), { VoidPayment })
    await press('Withdraw')
    expect(VoidPayment).not.toHaveBeenCalled()
    const question = await screen.findByRole('dialog', { name: 'Withdraw this payment?' })
    await userEvent.click(within(question).getByRole('button', { name: 'Withdraw' }))
    await press('Record again')
    expect(VoidPayment).toHaveBeenCalledExactlyOnceWith({ id: 'p' })
    expect(router.state.location.search).toBe(
      '?dialog=payment&from=ben&to=ada&amount=20.00&currency=EUR',
    )
  })

  it('tells its story, the latest first', async () => {
    const [recorded] = benPaidAda().history!
    const later = {
      ...recorded!,
      at: '2026-11-21T08:00:00Z',
      by: { __typename: 'Member', id: 'ada' } as const,
      change: 'DISPUTED' as const,
      reason: 'Too little',
    }
    open(benPaidAda({ history: [recorded!, later] }))
    const steps = within(await screen.findByRole('region', { name: 'History' }))
    expect(steps.getAllByRole('listitem').map((step) => step.textContent)).toEqual([
      expect.stringContaining('You · disputed “Too little”'),
      expect.stringContaining('Ben · recorded'),
    ])
  })

  it('tells what a change made of a payment in another currency', async () => {
    const [recorded] = benPaidAda().history!
    const paid = { ...euro('54.00'), currency: 'USD' as const }
    const edited = {
      ...recorded!,
      change: 'EDITED' as const,
      amount: mask<ShownFragment>(euro('50.00')),
      paid: mask<ShownFragment>(paid),
    }
    const first = {
      ...recorded!,
      amount: mask<ShownFragment>(euro('49.00')),
      paid: mask<ShownFragment>({ ...paid, amount: '53.00' }),
    }
    open(benPaidAda({ history: [first, { ...edited, at: '2026-11-21T08:00:00Z' }] }))
    const steps = within(await screen.findByRole('region', { name: 'History' }))
    expect(steps.getAllByRole('listitem').map((step) => step.textContent)).toEqual([
      expect.stringContaining('Ben · changed: $54.00 for €50.00'),
      expect.stringContaining('Ben · recorded: $53.00 for €49.00'),
    ])
  })

  it('tells which part of it was given back', async () => {
    open(benPaidAda({ method: 'CARD', refunded: euro('5.00') }))
    expect(await screen.findByText('€5.00')).toBeInTheDocument()
    expect(screen.getByText(/of it was given back/)).toBeInTheDocument()
  })

  it('says why something was refused', async () => {
    open(benPaidAda(), { ConfirmPayment: () => refusal('NOT_ALLOWED', 'Only the receiver can.') })
    await press('I have received it')
    expect(await screen.findByRole('alert')).toHaveTextContent('Only the receiver can.')
  })
})

describe('EditPaymentDialog', () => {
  it('changes the version that was looked at', async () => {
    const EditPayment = vi.fn(() => ({
      data: { editPayment: { ...benPaidAda({ version: 2 }), group } },
    }))
    stage(<EditPaymentDialog {...contextOf()} />, {
      at: '/?dialog=edit-payment&payment=p',
      answers: { ShownPayment: () => ({ data: { payment: benPaidAda() } }), EditPayment },
    })
    const amount = await screen.findByLabelText('Amount')
    expect(amount).toHaveValue('20.00')
    await userEvent.clear(amount)
    await userEvent.type(amount, '25')
    await userEvent.type(screen.getByLabelText(/^Note/), 'and the taxi')
    await press('Save changes')
    expect(await screen.findByText('Payment changed')).toBeInTheDocument()
    expect(EditPayment).toHaveBeenCalledExactlyOnceWith({
      input: {
        id: 'p',
        expectedVersion: 1,
        amount: { amount: '25.00', currency: 'EUR' },
        method: 'CASH',
        date: '2026-11-20',
        note: 'and the taxi',
      },
    })
  })
})
