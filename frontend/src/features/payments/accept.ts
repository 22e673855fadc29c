import type { ApolloCache } from '@apollo/client'
import { acceptGroup, type GroupLiveFragment } from '../groups'
import { PaymentDetail, type PaymentDetailFragment } from './documents.generated'

type Answered = PaymentDetailFragment & { group: GroupLiveFragment }

/** Takes a changed payment over into the cache, and its group as it is with the change. */
export function acceptPayment(cache: ApolloCache, { group, ...payment }: Answered): void {
  acceptGroup(cache, group)
  const target = {
    id: cache.identify({ __typename: 'Payment', id: payment.id }),
    fragment: PaymentDetail,
    fragmentName: 'PaymentDetail',
  }
  const shown = cache.readFragment(target)
  if (!shown || shown.version <= payment.version) cache.writeFragment({ ...target, data: payment })
}
