import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Handshake, UserPlus, UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAction } from '../../../api/useAction'
import { Avatar } from '../../../ui/Avatar'
import { LinkButton } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { dialogLink } from '../../../ui/useDialog'
import { SendFriendRequestTo, useFriends } from '../../friends'
import type { Person } from '../people'
import { useGroup } from '../useGroup'
import { ChangeRole } from './documents.generated'
import { MemberMenu, type MemberTask } from './MemberMenu'
import { MemberTaskDialog } from './MemberTaskDialog'

/** Who is or was in the group, and what the viewer may do about them. */
export function Members() {
  const { group, people, refetch } = useGroup()
  const notify = useNotify()
  const navigate = useNavigate()
  const { refetch: refetchFriends } = useFriends()
  const { run, refusal } = useAction(ChangeRole)
  const asking = useAction(SendFriendRequestTo)
  const [task, setTask] = useState<MemberTask>()

  function begin(chosen: MemberTask) {
    // What can be taken back needs no question.
    if (chosen.kind === 'role') {
      void run({ memberId: chosen.person.id, role: chosen.role }).then(refetch)
    } else if (chosen.kind === 'befriend') void befriend(chosen.person)
    else if (chosen.kind === 'link') openLink(chosen.person)
    else setTask(chosen)
  }

  function openLink({ id }: Person) {
    const { to, ...options } = dialogLink('invite', { guest: id })
    void navigate(to, options)
  }

  async function befriend({ name, user }: Person) {
    if (user && (await asking.run({ userId: user.id }))) notify(t`Request sent to ${name}`)
    await refetchFriends()
  }

  return (
    <section aria-labelledby="members" className="grid gap-3">
      <h2 id="members" className="px-1 text-lg">
        <Trans>Members</Trans>
      </h2>
      <FormError>{(refusal ?? asking.refusal)?.message}</FormError>
      <ul className="card divide-y divide-line" aria-labelledby="members">
        {people.everyone.filter(isListed(group.balances)).map((person) => (
          <MemberRow key={person.id} person={person} onTask={begin} />
        ))}
      </ul>
      <Additions />
      {task && (
        <MemberTaskDialog
          task={task}
          onClose={() => {
            setTask(undefined)
          }}
          onDone={() => {
            setTask(undefined)
            refetch()
          }}
        />
      )}
    </section>
  )
}

/** Everybody but guests who were removed before anything was entered with them: these leave nothing behind. */
function isListed(balances: ReturnType<typeof useGroup>['group']['balances']) {
  return ({ id, isGuest, state }: Person) =>
    !isGuest || state === 'ACTIVE' || !balances || balances.some(({ member }) => member.id === id)
}

/** The ways to get somebody into the group. */
function Additions() {
  return (
    <div className="flex flex-wrap gap-2">
      <LinkButton
        {...dialogLink('invite')}
        look="secondary"
        icon={<UserPlus size={17} aria-hidden="true" />}
      >
        <Trans>Invite by link</Trans>
      </LinkButton>
      <LinkButton
        {...dialogLink('guest')}
        look="secondary"
        icon={<UserRoundPlus size={17} aria-hidden="true" />}
      >
        <Trans>Add a guest</Trans>
      </LinkButton>
      <LinkButton
        {...dialogLink('add-friend')}
        look="secondary"
        icon={<Handshake size={17} aria-hidden="true" />}
      >
        <Trans>Add a friend</Trans>
      </LinkButton>
    </div>
  )
}

function MemberRow({ person, onTask }: { person: Person; onTask: (task: MemberTask) => void }) {
  const { people } = useGroup()
  const own = people.isViewer(person.id)
  return (
    <li className="flex min-h-15 items-center gap-3 py-1.5 pr-1.5 pl-4">
      <Avatar name={person.name} guest={person.isGuest} />
      <span className="min-w-0 grow truncate font-semibold">
        <bdi>{person.name}</bdi>
        {own && (
          <span className="font-normal text-muted">
            {' '}
            <Trans>(you)</Trans>
          </span>
        )}
      </span>
      <span className="shrink-0 pr-2.5 text-sm text-muted">{standing(person)}</span>
      {!own && person.state === 'ACTIVE' && (
        <MemberMenu person={person} role={people.role} onTask={onTask} />
      )}
    </li>
  )
}

function standing({ isGuest, role, state }: Person): string {
  if (state === 'LEFT') return t`has left`
  if (isGuest) return t`guest`
  return { OWNER: t`owner`, ADMIN: t`admin`, MEMBER: t`member` }[role]
}
