import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useAction } from '../../../api/useAction'
import { useRefetchOn } from '../../../api/useRefetchOn'
import { dayOf, formatDay, formatMoment } from '../../../lib/dates'
import { Avatar } from '../../../ui/Avatar'
import { Button } from '../../../ui/Button'
import { ConfirmDialog } from '../../../ui/ConfirmDialog'
import { FormError } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import type { Person } from '../people'
import { may } from '../settings/permission'
import { useGroup } from '../useGroup'
import {
  ApproveClaim,
  DeclineClaim,
  GroupClaims,
  UndoClaim,
  type GroupClaimsQuery,
} from './documents.generated'

type Request = NonNullable<GroupClaimsQuery['group']>['claimRequests'][number]

/** Who wants to take the place of a guest, and who did so lately; nothing where there is nobody. */
export function Claims() {
  const { group, people, refetch: refetchGroup } = useGroup()
  const { data, refetch } = useQuery(GroupClaims, { variables: { id: group.id } })
  useRefetchOn(group.version, refetch)
  const requests = data?.group?.claimRequests ?? []
  const until = new Map(data?.group?.members.map((each) => [each.id, each.claimUndoableUntil]))
  const taken = people.active.filter((person) => until.get(person.id) && mayUndo(people, person))
  if (requests.length + taken.length === 0) return null
  const again = async () => {
    refetchGroup()
    await refetch()
  }
  return (
    <section aria-labelledby="claims" className="grid gap-3">
      <h2 id="claims" className="px-1 text-lg">
        <Trans>Places of guests</Trans>
      </h2>
      <ul aria-labelledby="claims" className="card divide-y divide-line">
        {requests.map((request) => (
          <RequestRow key={request.id} request={request} onDecided={again} />
        ))}
        {taken.map((person) => (
          <TakenRow
            key={person.id}
            person={person}
            until={until.get(person.id) ?? ''}
            onUndone={again}
          />
        ))}
      </ul>
    </section>
  )
}

/** Whoever may remove a member may undo that it took the place of a guest. */
function mayUndo({ role, viewerId }: { role: Person['role']; viewerId: string }, person: Person) {
  if (person.id === viewerId) return false
  return may(role, person.role === 'MEMBER' ? 'removeMember' : 'removeAdmin')
}

interface RequestRowProps {
  request: Request
  onDecided: () => Promise<void>
}

/** Somebody who wants to be a guest of the group, and the decision about it. */
function RequestRow({ request, onDecided }: RequestRowProps) {
  const { id, name, requestedAt } = request
  const guest = request.guest?.name ?? t`a guest`
  const notify = useNotify()
  const approving = useAction(ApproveClaim)
  const declining = useAction(DeclineClaim)
  const refusal = approving.refusal ?? declining.refusal

  async function approve() {
    if (await approving.run({ id })) notify(t`${name} is in the group now`)
    await onDecided()
  }

  async function decline() {
    if (await declining.run({ id })) notify(t`Declined`)
    await onDecided()
  }

  return (
    <li className="flex min-h-16 flex-wrap items-center justify-end gap-x-3 gap-y-1 px-4 py-2.5">
      <Avatar name={name} />
      <div className="min-w-0 grow basis-40">
        <p className="wrap-anywhere">
          <Trans>
            <bdi className="font-semibold">{name}</bdi> says to be <bdi>{guest}</bdi>
          </Trans>
        </p>
        <p className="text-sm text-muted">{formatMoment(requestedAt)}</p>
      </div>
      <div className="flex gap-1.5">
        <Button size="small" look="quiet" busy={declining.busy} onClick={() => void decline()}>
          <Trans>Decline</Trans>
        </Button>
        <Button size="small" busy={approving.busy} onClick={() => void approve()}>
          <Trans>Approve</Trans>
        </Button>
      </div>
      {refusal && (
        <div className="basis-full">
          <FormError>{refusal.message}</FormError>
        </div>
      )}
    </li>
  )
}

interface TakenRowProps {
  person: Person
  until: string
  onUndone: () => Promise<void>
}

/** Somebody who has taken the place of a guest, which can be undone for some days. */
function TakenRow({ person: { id, name }, until, onUndone }: TakenRowProps) {
  const [asking, setAsking] = useState(false)
  const notify = useNotify()
  const { run, busy, refusal } = useAction(UndoClaim)
  const day = formatDay(dayOf(until))

  async function undo() {
    if (!(await run({ memberId: id }))) return
    notify(t`The place is a guest's again`)
    setAsking(false)
    await onUndone()
  }

  return (
    <li className="flex min-h-16 items-center gap-3 px-4 py-2.5">
      <Avatar name={name} />
      <div className="min-w-0 grow">
        <p className="font-semibold wrap-anywhere">
          <bdi>{name}</bdi>
        </p>
        <p className="text-sm text-muted">
          <Trans>took the place of a guest; can be undone until {day}</Trans>
        </p>
      </div>
      <Button
        size="small"
        look="quiet"
        aria-label={t`Undo: ${name}`}
        onClick={() => {
          setAsking(true)
        }}
      >
        <Trans>Undo</Trans>
      </Button>
      {asking && (
        <ConfirmDialog
          title={t`Give the place back to the guest?`}
          action={t`Undo`}
          busy={busy}
          error={refusal?.message}
          onConfirm={() => void undo()}
          onClose={() => {
            setAsking(false)
          }}
        >
          <Trans>
            <bdi>{name}</bdi> will not see the group any more, and the guest is there again with all
            expenses and payments.
          </Trans>
        </ConfirmDialog>
      )}
    </li>
  )
}
