import { expect, test } from 'vitest'
import type { PaymentStatus } from '../../api/schema.generated'
import { permissionsOf } from './permission'

const payment = (status: PaymentStatus, confirmedAt: string | null = null) => ({
  from: { id: 'payer' },
  to: { id: 'receiver' },
  createdBy: { id: 'recorder' },
  method: 'CASH' as const,
  status,
  confirmedAt,
})
const LATER = '2026-11-22T09:30:00Z'

/** What is offered, by its first letters. */
function offered(given: ReturnType<typeof payment>, viewer: string): string {
  const { confirm, dispute, correct } = permissionsOf(given, viewer)
  return [confirm && 'confirm', dispute && 'dispute', correct && 'correct']
    .filter(Boolean)
    .join(' ')
}

test.each([
  ['recorded', payment('PROCESSED'), 'dispute correct', 'confirm dispute correct', 'correct'],
  ['confirmed', payment('PROCESSED', LATER), 'dispute correct', 'dispute correct', 'correct'],
  ['disputed', payment('DISPUTED'), 'correct', 'confirm correct', 'correct'],
  ['pending', payment('PENDING'), '', '', ''],
  ['withdrawn', payment('VOIDED'), '', '', ''],
])('a payment that is %s', (_, given, payer, receiver, recorder) => {
  expect(offered(given, 'payer')).toBe(payer)
  expect(offered(given, 'receiver')).toBe(receiver)
  expect(offered(given, 'recorder')).toBe(recorder)
  expect(offered(given, 'somebody else')).toBe('')
})

test('a payment by card is never corrected by hand', () => {
  const card = { ...payment('PROCESSED'), method: 'CARD' as const }
  expect(permissionsOf(card, 'payer').correct).toBe(false)
})
