import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { PaymentMethod } from '../../api/schema.generated'

export const METHODS: Record<PaymentMethod, MessageDescriptor> = {
  CASH: msg`Cash`,
  BANK_TRANSFER: msg`Bank transfer`,
  CARD: msg`Card`,
  OTHER: msg`Other`,
}

/** What can be recorded by hand. */
export const RECORDABLE = ['CASH', 'BANK_TRANSFER', 'OTHER'] as const
