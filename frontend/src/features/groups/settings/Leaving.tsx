import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Archive, ArchiveRestore, LogOut } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAction } from '../../../api/useAction'
import { Button } from '../../../ui/Button'
import { ConfirmDialog } from '../../../ui/ConfirmDialog'
import { FormError } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { Groups } from '../list.generated'
import { describeBalances } from '../OwnBalance'
import { ownBalances } from '../people'
import { isDirect } from '../title'
import { useGroup } from '../useGroup'
import {
  ArchiveGroup,
  GroupSettingsPage,
  LeaveGroup,
  RestoreGroup,
  type GroupSettingsFragment,
} from './documents.generated'

interface LeavingProps {
  group: GroupSettingsFragment
  mayArchive: boolean
}

/** The ways out: putting the group away for everybody, and leaving it. */
export function Leaving({ group, mayArchive }: LeavingProps) {
  const [leaving, setLeaving] = useState(false)
  return (
    <section aria-label={t`Archive or leave`} className="flex flex-wrap gap-2">
      {mayArchive && <ArchiveButton group={group} />}
      {!isDirect(group) && (
        <Button
          look="secondary"
          icon={<LogOut size={17} aria-hidden="true" />}
          onClick={() => {
            setLeaving(true)
          }}
        >
          <Trans>Leave the group</Trans>
        </Button>
      )}
      {leaving && (
        <LeaveDialog
          onClose={() => {
            setLeaving(false)
          }}
        />
      )}
    </section>
  )
}

/** Archiving takes nothing away and can be taken back, so it needs no question. */
function ArchiveButton({ group }: Pick<LeavingProps, 'group'>) {
  const { id, archivedAt } = group
  const client = useApolloClient()
  const notify = useNotify()
  const archiving = useAction(ArchiveGroup)
  const restoring = useAction(RestoreGroup)
  const busy = archiving.busy || restoring.busy
  const refusal = archiving.refusal ?? restoring.refusal

  async function toggle() {
    const done = archivedAt ? await restoring.run({ id }) : await archiving.run({ id })
    if (!done) return
    notify(archivedAt ? t`Restored` : t`Archived`)
    await client.refetchQueries({ include: [Groups, GroupSettingsPage] })
  }

  return (
    <>
      <Button
        look="secondary"
        busy={busy}
        icon={archivedAt ? <ArchiveRestore size={17} /> : <Archive size={17} />}
        onClick={() => void toggle()}
      >
        {archivedAt ? <Trans>Restore</Trans> : <Trans>Archive</Trans>}
      </Button>
      <FormError>{refusal?.message}</FormError>
    </>
  )
}

/** Says what leaving means; with an open balance, leaving is meant all the same once it is confirmed. */
function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { group, people } = useGroup()
  const client = useApolloClient()
  const navigate = useNavigate()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(LeaveGroup)
  const own = ownBalances(group.balances, people.viewerId)
  const open = own !== null && own.length > 0
  const balance = describeBalances(own ?? [])
  const { name } = group

  async function leave() {
    if (!(await run({ groupId: group.id, force: open }))) return
    notify(t`You have left ${name}`)
    await navigate('/', { replace: true })
    await client.refetchQueries({ include: [Groups] })
  }

  return (
    <ConfirmDialog
      title={t`Leave ${name}?`}
      action={t`Leave`}
      busy={busy}
      error={refusal?.message}
      onConfirm={() => void leave()}
      onClose={onClose}
    >
      {open ? (
        <Trans>
          Your balance is open: {balance}. It stays and can still be settled, but you will not see
          the group any more.
        </Trans>
      ) : (
        <Trans>You will not see the group any more. With an invitation you can come back.</Trans>
      )}
    </ConfirmDialog>
  )
}
