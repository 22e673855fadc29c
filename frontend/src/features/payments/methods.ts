import type { PaymentMethod } from '../../api/schema.generated'

export const METHODS: Record<PaymentMethod, string> = {
  CASH: 'Cash',
  BANK_TRANSFER: 'Bank transfer',
  CARD: 'Card',
  OTHER: 'Other',
}

/** What can be recorded by hand. */
export const RECORDABLE = ['CASH', 'BANK_TRANSFER', 'OTHER'] as const
