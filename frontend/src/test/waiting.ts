import { emptyForm } from '../features/expenses/form'
import type { Waiting } from '../features/expenses/outbox'

const form = { ...emptyForm('EUR', '2026-11-20', 'ada'), description: 'Taxi', amount: '20' }

/** A taxi of 20.00 that Ada paid for herself and Ben, written without a network. */
export function taxi(changes: Partial<Waiting> = {}): Waiting {
  const input = {
    groupId: 'g',
    idempotencyKey: 'the key of the taxi',
    description: 'Taxi',
    total: { amount: '20.00', currency: 'EUR' },
    date: '2026-11-20',
    payers: [{ memberId: 'ada', amount: '20.00' }],
    split: { equal: ['ada', 'ben'] },
  }
  return { userId: 'ada', input, form, ...changes }
}
