import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage } from '../../test/answering'
import { contextOf, lisbon } from '../../test/group'
import { NewPaymentDialog } from './NewPaymentDialog'

const at = '/?dialog=payment&from=ben&to=ada&amount=50.00&currency=EUR'
const submit = () => userEvent.click(screen.getByRole('button', { name: 'Record payment' }))

describe('NewPaymentDialog', () => {
  it('books a proposed transfer with one tap', async () => {
    const group = lisbon({ ledgerVersion: 8 })
    const RecordPayment = vi.fn(() => ({
      data: { recordPayment: { __typename: 'Payment', id: 'p', group } },
    }))
    stage(<NewPaymentDialog {...contextOf()} />, { at, answers: { RecordPayment } })
    await submit()
    expect(RecordPayment).toHaveBeenCalledExactlyOnceWith({
      input: expect.objectContaining({
        fromMemberId: 'ben',
        toMemberId: 'ada',
        amount: { amount: '50.00', currency: 'EUR' },
        idempotencyKey: expect.any(String) as unknown,
      }) as unknown,
    })
    expect(await screen.findByText('Payment recorded')).toBeInTheDocument()
  })

  it('shows a refusal at its field', async () => {
    const RecordPayment = () => refusal('VALIDATION', 'Not a member.', 'input.toMemberId')
    stage(<NewPaymentDialog {...contextOf()} />, { at, answers: { RecordPayment } })
    await submit()
    expect(await screen.findByText('Not a member.')).toBeInTheDocument()
    expect(screen.getByLabelText('Who received it')).toHaveAccessibleDescription('Not a member.')
  })
})
