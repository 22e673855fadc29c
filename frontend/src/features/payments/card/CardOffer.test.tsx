import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { euro } from '../../../test/expense'
import { CardOffer } from './CardOffer'

const transfer = { to: { id: 'ada' }, amount: euro('50.00') }
const quoteOf = (fee: string, total: string, isTest = false) => ({
  __typename: 'CardQuote',
  fee: euro(fee),
  total: euro(total),
  isTest,
})
const started = {
  __typename: 'CardPayment',
  payment: { __typename: 'Payment', id: 'p' },
  clientSecret: 'pi_1_secret',
  publishableKey: 'pk_test',
  scriptUrl: 'https://stripe.example/stripe.js',
}

/** An offer where a card costs this; nothing where nobody is paid by card. */
function open(quote: ReturnType<typeof quoteOf> | null, answers: Answers = {}) {
  const CardQuote = vi.fn(() => ({ data: { cardQuote: quote } }))
  const onStarted = vi.fn()
  stage(<CardOffer groupId="g" transfer={transfer} onStarted={onStarted} />, {
    answers: { CardQuote, ...answers },
  })
  return { CardQuote, onStarted }
}

describe('CardOffer', () => {
  it('tells what the card is charged before anything is started', async () => {
    const { CardQuote } = open(quoteOf('1.00', '51.00', true))
    expect(await screen.findByText('€51.00')).toBeInTheDocument()
    expect(screen.getByText('€1.00')).toBeInTheDocument()
    expect(screen.getByText('Test mode')).toBeInTheDocument()
    expect(CardQuote).toHaveBeenCalledExactlyOnceWith({
      groupId: 'g',
      toMemberId: 'ada',
      amount: { amount: '50.00', currency: 'EUR' },
    })
  })

  it('says that there is no fee', async () => {
    open(quoteOf('0.00', '50.00'))
    expect(await screen.findByText('without a fee')).toBeInTheDocument()
    expect(screen.queryByText('Test mode')).not.toBeInTheDocument()
  })

  it('offers nothing where the receiver is not paid by card', async () => {
    const { CardQuote } = open(null)
    await vi.waitFor(() => {
      expect(CardQuote).toHaveBeenCalled()
    })
    expect(screen.queryByRole('button', { name: 'Pay by card' })).not.toBeInTheDocument()
  })

  it('starts one payment, however often it is tried', async () => {
    const StartCardPayment = vi
      .fn<(variables: Record<string, unknown>) => ReturnType<Answers[string]>>()
      .mockReturnValueOnce(refusal('SERVICE_UNAVAILABLE', 'Try again later.'))
      .mockReturnValue({ data: { startCardPayment: started } })
    const { onStarted } = open(quoteOf('0.00', '50.00'), { StartCardPayment })
    await userEvent.click(await screen.findByRole('button', { name: 'Pay by card' }))
    expect(await screen.findByRole('alert')).toBeInTheDocument()
    expect(onStarted).not.toHaveBeenCalled()
    await userEvent.click(screen.getByRole('button', { name: 'Pay by card' }))
    await vi.waitFor(() => {
      expect(onStarted).toHaveBeenCalledOnce()
    })
    const [first, second] = StartCardPayment.mock.calls
    expect(first).toEqual(second)
    expect(first?.[0]).toEqual({
      input: {
        groupId: 'g',
        toMemberId: 'ada',
        amount: { amount: '50.00', currency: 'EUR' },
        idempotencyKey: expect.any(String) as unknown,
      },
    })
  })
})
