import type { Payment } from './detail'

type Judged = Pick<Payment, 'from' | 'to' | 'createdBy' | 'method' | 'status' | 'confirmedAt'>

/** What somebody can do with a recorded payment. */
export interface Permissions {
  confirm: boolean
  dispute: boolean
  correct: boolean
}

// As subgraphs/payments/src/payment/life.rs, which decides; this only hides what would be refused.
export function permissionsOf(payment: Judged, viewerId: string): Permissions {
  const { from, to, createdBy, method, status, confirmedAt } = payment
  const party = [from.id, to.id].includes(viewerId)
  const open = status === 'PROCESSED' || status === 'DISPUTED'
  return {
    confirm:
      viewerId === to.id && (status === 'DISPUTED' || (status === 'PROCESSED' && !confirmedAt)),
    dispute: party && status === 'PROCESSED',
    correct: open && method !== 'CARD' && (party || createdBy.id === viewerId),
  }
}
