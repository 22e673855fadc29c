import type { PayOptionPartsFragment } from './documents.generated'

/** The method that a payment is recorded with when it was made in one of the receiver's ways. */
export function methodOf({
  kind,
}: Pick<PayOptionPartsFragment, 'kind'>): 'BANK_TRANSFER' | 'OTHER' {
  return kind === 'IBAN' || kind === 'UPI' ? 'BANK_TRANSFER' : 'OTHER'
}
