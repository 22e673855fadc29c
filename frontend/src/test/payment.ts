import type { Payment } from '../features/payments/detail'
import { euro } from './expense'

const ref = (id: string) => ({ __typename: 'Member', id }) as const

/** 20.00 that Ben paid Ada, who has not confirmed it yet. */
export function benPaidAda(changes: Partial<Payment> = {}): Payment {
  return {
    __typename: 'Payment',
    id: 'p',
    from: ref('ben'),
    to: ref('ada'),
    amount: euro('20.00'),
    settles: null,
    method: 'CASH',
    status: 'PROCESSED',
    date: '2026-11-20',
    note: null,
    confirmedAt: null,
    version: 1,
    createdBy: ref('ben'),
    disputeReason: null,
    refunded: euro('0.00'),
    history: [
      {
        __typename: 'PaymentRevision',
        at: '2026-11-20T20:00:00Z',
        by: ref('ben'),
        change: 'RECORDED',
        amount: euro('20.00'),
        paid: null,
        reason: null,
      },
    ],
    ...changes,
  } as Payment
}
