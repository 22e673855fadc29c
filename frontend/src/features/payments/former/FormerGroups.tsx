import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { DoorOpen } from 'lucide-react'
import { useState } from 'react'
import { readRefusal } from '../../../api/refusal'
import { signOf } from '../../../lib/money'
import { Amount } from '../../../ui/Amount'
import { Button } from '../../../ui/Button'
import { Failure, SkeletonRows } from '../../../ui/states'
import { OwnBalance } from '../../groups'
import { FormerGroups as FormerGroupsQuery } from './documents.generated'
import { FormerPaymentDialog } from './FormerPaymentDialog'
import { openTransfers, type FormerGroup, type FormerTransfer } from './transfers'

/** The groups that the viewer has left, folded; asked for when somebody wants to see them. */
export function FormerGroups() {
  const [open, setOpen] = useState(false)
  return (
    <details
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
      }}
    >
      <summary className="flex min-h-11 w-fit items-center gap-2 rounded-lg px-2 text-sm font-semibold text-muted hover:text-ink">
        <DoorOpen size={16} aria-hidden="true" />
        <Trans>Groups that you have left</Trans>
      </summary>
      {open && <FormerGroupList />}
    </details>
  )
}

function FormerGroupList() {
  const { data, error, refetch } = useQuery(FormerGroupsQuery, { fetchPolicy: 'no-cache' })
  const [paying, setPaying] = useState<FormerTransfer>()
  const groups = data?.me.formerGroups
  const close = () => {
    setPaying(undefined)
  }
  return (
    <div className="card mt-1">
      {!data && !error && <SkeletonRows rows={1} label={t`Loading the groups that you left`} />}
      {!groups && (error ?? data) && (
        <Failure onRetry={() => void refetch()}>
          {error ? readRefusal(error).message : t`Not available right now.`}
        </Failure>
      )}
      {groups?.length === 0 && (
        <p className="px-4 py-3 text-sm text-muted">
          <Trans>You have left no group.</Trans>
        </p>
      )}
      <ul aria-label={t`Groups that you have left`} className="divide-y divide-line">
        {groups?.map((group) => (
          <FormerGroupRow key={group.groupId} group={group} onSettle={setPaying} />
        ))}
      </ul>
      {paying && (
        <FormerPaymentDialog
          transfer={paying}
          onClose={close}
          onRecorded={() => {
            close()
            void refetch()
          }}
        />
      )}
    </div>
  )
}

interface FormerGroupRowProps {
  group: FormerGroup
  onSettle: (transfer: FormerTransfer) => void
}

/** What is still open in a group, and with whom. */
function FormerGroupRow({ group, onSettle }: FormerGroupRowProps) {
  const open = group.balances.filter((money) => signOf(money) !== 0)
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="flex items-center gap-3">
        <span className="line-clamp-2 min-w-0 grow wrap-anywhere font-semibold">
          <bdi>{group.name}</bdi>
        </span>
        <OwnBalance balances={open} size="row" />
      </div>
      {openTransfers(group).map((transfer) => {
        const { name, toViewer, amount } = transfer
        return (
          <div
            key={`${transfer.from} ${transfer.to} ${amount.currency}`}
            className="flex items-center gap-3"
          >
            <p className="min-w-0 grow text-sm text-muted">
              {toViewer ? t`${name} pays you` : t`You pay ${name}`}{' '}
              <Amount money={amount} className="font-semibold text-ink" />
            </p>
            <Button
              look="tonal"
              size="small"
              aria-label={t`Settle up with ${name}`}
              onClick={() => {
                onSettle(transfer)
              }}
            >
              <Trans>Settle up</Trans>
            </Button>
          </div>
        )
      })}
    </li>
  )
}
