import { unmask, type Fields, type Masked } from '../../api/fragments'
import type { PaymentDetailFragment, PaymentPartsFragment } from './documents.generated'

/** A payment with everything that its dialogs show. */
export type Payment = Fields<PaymentDetailFragment> & Fields<PaymentPartsFragment>

/** Opens a payment for its dialogs, which show all of it. */
export function detailOf(answer: Masked<PaymentDetailFragment>): Payment {
  const detail = unmask<PaymentDetailFragment>(answer)
  return { ...detail, ...unmask<PaymentPartsFragment>(detail) }
}
