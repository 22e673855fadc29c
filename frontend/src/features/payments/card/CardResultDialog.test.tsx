import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { stage } from '../../../test/answering'
import { CardResultDialog } from './CardResultDialog'

/** What is shown when a bank leads back, and the payment has this status. */
function comeBack(redirectStatus: string, status: string) {
  const told = `payment_intent=pi_1&payment_intent_client_secret=pi_1_secret_x&redirect_status=${redirectStatus}`
  const CardPaymentStatus = vi.fn(() => ({
    data: { payment: { __typename: 'Payment', id: 'p', status } },
  }))
  const { router } = stage(<CardResultDialog />, {
    at: `/groups/g/balances?dialog=card&payment=p&${told}`,
    answers: { CardPaymentStatus },
  })
  return { router, CardPaymentStatus }
}

describe('CardResultDialog', () => {
  it('tells that the money has moved', async () => {
    const { CardPaymentStatus } = comeBack('succeeded', 'PROCESSED')
    expect(await screen.findByText('Paid')).toBeInTheDocument()
    expect(CardPaymentStatus).toHaveBeenCalledWith({ id: 'p' })
  })

  it('tells that the bank refused, although another card could still pay', async () => {
    const { router } = comeBack('failed', 'PENDING')
    expect(await screen.findByText('The payment failed')).toBeInTheDocument()
    await waitFor(() => {
      expect(router.state.location.search).toBe('?dialog=card&payment=p')
    })
    expect(screen.getByText('The payment failed')).toBeInTheDocument()
  })

  it('keeps no secret in the address', async () => {
    const { router } = comeBack('succeeded', 'PENDING')
    expect(await screen.findByText('Waiting for the bank…')).toBeInTheDocument()
    await waitFor(() => {
      expect(router.state.location.search).toBe('?dialog=card&payment=p')
    })
  })
})
