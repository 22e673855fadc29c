import { unmask } from '../../../api/fragments'
import type { PayOptionPartsFragment } from '../pay/documents.generated'
import type { FormerGroupsQuery } from './documents.generated'

export type FormerGroup = NonNullable<FormerGroupsQuery['me']['formerGroups']>[number]

/** What is to be paid between the viewer and somebody in a group that the viewer has left. */
export interface FormerTransfer {
  groupId: string
  /** Who pays and who is paid: ids of members. */
  from: string
  to: string
  /** The other person's name. */
  name: string
  toViewer: boolean
  amount: { amount: string; currency: string }
  options: readonly PayOptionPartsFragment[]
}

/** The transfers from and to the viewer in a group, with names. */
export function openTransfers(group: FormerGroup): FormerTransfer[] {
  const names = new Map(group.people.map(({ memberId, name }) => [memberId, name]))
  return group.transfers.map(({ from, to, amount, payOptions }) => {
    const toViewer = to.id === group.memberId
    return {
      groupId: group.groupId,
      from: from.id,
      to: to.id,
      name: names.get(toViewer ? from.id : to.id) ?? '',
      toViewer,
      amount: { amount: amount.amount, currency: amount.currency },
      options: unmask<PayOptionPartsFragment>(payOptions ?? []),
    }
  })
}
