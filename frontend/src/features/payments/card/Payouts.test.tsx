import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { Payouts } from './Payouts'

const open = (payouts: string, answers: Answers = {}) =>
  stage(<Payouts />, { answers: { Payouts: () => ({ data: { payouts } }), ...answers } })

describe('Payouts', () => {
  it.each([
    ['NONE', 'Receive card payments', /pays out to your bank account/],
    ['INCOMPLETE', 'Continue at Stripe', /needs more from you/],
  ])('leads to Stripe while it knows %s', async (payouts, action, text) => {
    const ConnectPayouts = vi.fn(() => refusal('SERVICE_UNAVAILABLE', 'Try again later.'))
    open(payouts, { ConnectPayouts })
    expect(await screen.findByText(text)).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: action }))
    expect(await screen.findByRole('alert')).toBeInTheDocument()
    expect(ConnectPayouts).toHaveBeenCalledOnce()
  })

  it('says that all is done', async () => {
    open('READY')
    expect(await screen.findByText('You can be paid by card.')).toBeInTheDocument()
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
  })

  it('shows nothing where cards are not accepted', async () => {
    const Payouts = vi.fn(() => refusal('NOT_CONFIGURED', 'Payments by card are not set up here.'))
    open('', { Payouts })
    await vi.waitFor(() => {
      expect(Payouts).toHaveBeenCalled()
    })
    expect(screen.queryByRole('region', { name: 'Card payments' })).not.toBeInTheDocument()
  })
})
