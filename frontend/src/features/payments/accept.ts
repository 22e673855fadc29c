import type { ApolloCache } from '@apollo/client'
import { unmask, type Masked } from '../../api/fragments'
import { acceptGroup, type GroupLiveFragment } from '../groups'
import { detailOf, type Payment } from './detail'
import {
  PaymentDetail,
  type PaymentPartsFragment,
  type PaymentDetailFragment,
} from './documents.generated'

type Answered = Masked<PaymentDetailFragment> & { group: Masked<GroupLiveFragment> }

/** Takes a changed payment over into the cache, and its group as it is with the change; opens it. */
export function acceptPayment(cache: ApolloCache, { group, ...answer }: Answered): Payment {
  const payment = detailOf(answer)
  acceptGroup(cache, group)
  const target = {
    id: cache.identify({ __typename: 'Payment', id: payment.id }),
    fragment: PaymentDetail,
    fragmentName: 'PaymentDetail',
  }
  const shown = cache.readFragment(target)
  if (!shown || unmask<PaymentPartsFragment>(shown).version <= payment.version)
    cache.writeFragment({ ...target, data: payment })
  return payment
}
