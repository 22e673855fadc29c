import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { Link2 } from 'lucide-react'
import { dayOf, formatDay } from '../../../lib/dates'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { useGroup } from '../useGroup'
import { useRevoke } from '../useInvite'
import { GroupInvites, type GroupInvitesQuery } from './documents.generated'
import { may } from './permission'

type Invite = NonNullable<GroupInvitesQuery['group']>['invites'][number]

/** The links by which people can still join, each to be withdrawn by who made it and by who runs the group. */
export function Invites() {
  const { group } = useGroup()
  const { data, previousData } = useQuery(GroupInvites, { variables: { id: group.id } })
  const invites = (data ?? previousData)?.group?.invites ?? []
  if (invites.length === 0) return null
  return (
    <section aria-labelledby="invites" className="grid gap-3">
      <h2 id="invites" className="px-1 text-lg">
        <Trans>Open links</Trans>
      </h2>
      <ul aria-labelledby="invites" className="card divide-y divide-line">
        {invites.map((invite) => (
          <InviteRow key={invite.id} invite={invite} />
        ))}
      </ul>
    </section>
  )
}

function InviteRow({ invite }: { invite: Invite }) {
  const { group, people } = useGroup()
  const notify = useNotify()
  const { revoke, busy, refusal } = useRevoke(group.id)
  const own = invite.createdBy?.id === people.viewerId
  const title = useTitleOf(invite)
  const day = formatDay(dayOf(invite.expiresAt))

  async function withdraw() {
    if (await revoke(invite.id)) notify(t`The link does not work any more`)
  }

  return (
    <li className="flex min-h-16 flex-wrap items-center gap-x-3 gap-y-1 py-2.5 pr-2.5 pl-4">
      <Link2 size={20} className="shrink-0 text-muted" aria-hidden="true" />
      <div className="min-w-0 grow basis-40">
        <p className="font-semibold wrap-anywhere">{title}</p>
        <p className="text-sm text-muted">
          <Trans>until {day}</Trans>, <Uses {...invite} />
        </p>
      </div>
      {(own || may(people.role, 'revokeInvites')) && (
        <Button
          look="quiet"
          size="small"
          busy={busy}
          aria-label={t`Withdraw: ${title}`}
          onClick={() => void withdraw()}
        >
          <Trans>Withdraw</Trans>
        </Button>
      )}
      {refusal && (
        <div className="basis-full">
          <FormError>{refusal.message}</FormError>
        </div>
      )}
    </li>
  )
}

/** Whose link it is, or for whom. */
function useTitleOf({ guest, createdBy }: Invite): string {
  const { people } = useGroup()
  if (guest) {
    const name = people.name(guest.id)
    return t`Personal link of ${name}`
  }
  if (createdBy?.id === people.viewerId) return t`Your link`
  const name = people.name(createdBy?.id ?? '')
  return t`Link of ${name}`
}

function Uses({ uses, maxUses }: Pick<Invite, 'uses' | 'maxUses'>) {
  if (maxUses !== null) {
    return (
      <Trans>
        used {uses} of <Plural value={maxUses} one="# time" other="# times" />
      </Trans>
    )
  }
  return <Plural value={uses} _0="not used yet" one="used once" other="used # times" />
}
