import { Trans } from '@lingui/react/macro'
import { ChevronRight } from 'lucide-react'
import { Link } from 'react-router'
import { Amount } from '../../ui/Amount'
import { Avatar } from '../../ui/Avatar'
import { dialogLink } from '../../ui/useDialog'
import { type GroupSummaryFragment, isDirect, kindLabel } from '../groups'
import { paymentOf } from './proposal'

/** The payments that would make the viewer quits, each one tap away from being recorded. */
export function NeedsYou({ groups }: { groups: readonly GroupSummaryFragment[] }) {
  const due = groups.flatMap((group) => {
    const own = group.settlement?.transfers.filter(({ from }) => from.id === group.viewerMember.id)
    return (own ?? []).map((transfer) => ({ group, transfer }))
  })
  if (due.length === 0) return null
  return (
    <section aria-labelledby="needs-you" className="grid gap-2">
      <h2 id="needs-you" className="px-1 text-lg">
        <Trans>Needs you</Trans>
      </h2>
      <ul className="card divide-y divide-line">
        {due.map(({ group, transfer }) => {
          const name = group.members.find(({ id }) => id === transfer.to.id)?.name ?? ''
          return (
            <li key={`${group.id} ${transfer.to.id} ${transfer.amount.currency}`}>
              <Link
                {...dialogLink('payment', paymentOf(transfer), `/groups/${group.id}`)}
                className="flex min-h-14 items-center gap-3 px-4 py-2 transition-colors hover:bg-hover"
              >
                <Avatar name={name} size="small" />
                <span className="min-w-0 grow">
                  <span className="line-clamp-2 wrap-anywhere font-semibold">
                    <Trans>
                      Pay <bdi>{name}</bdi>
                    </Trans>
                  </span>
                  <span className="line-clamp-2 wrap-anywhere text-sm text-muted">
                    {isDirect(group) ? kindLabel(group.kind) : group.name}
                  </span>
                </span>
                <Amount money={transfer.amount} className="font-semibold text-minus" />
                <ChevronRight size={18} className="shrink-0 text-faint" aria-hidden="true" />
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
