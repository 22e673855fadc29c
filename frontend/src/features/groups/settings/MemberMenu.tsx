import { t } from '@lingui/core/macro'
import { Crown, Link2, Pencil, ShieldCheck, ShieldOff, UserMinus, UserPlus } from 'lucide-react'
import type { Role } from '../../../api/schema.generated'
import { Menu, type MenuAction } from '../../../ui/Menu'
import { useFriends } from '../../friends'
import type { Person } from '../people'
import { may } from './permission'

/** What is to be done about a member once it is confirmed. */
export type MemberTask =
  | { kind: 'befriend' | 'rename' | 'link' | 'remove' | 'handOver'; person: Person }
  | { kind: 'role'; person: Person; role: Role }

interface MemberMenuProps {
  person: Person
  /** The viewer's. */
  role: Role
  onTask: (task: MemberTask) => void
}

const ICON = { size: 18, 'aria-hidden': true } as const

/** What the viewer may do about another member; nothing is shown where that is nothing. */
export function MemberMenu({ person, role, onTask }: MemberMenuProps) {
  const { name } = person
  const strangers = useStrangers()
  const actions = person.isGuest
    ? guestActions(person, role, onTask)
    : memberActions(person, role, onTask)
  if (strangers(person)) actions.unshift(befriending(person, onTask))
  if (actions.length === 0) return null
  return <Menu label={t`Actions for ${name}`} actions={actions} />
}

/** Tells who has an account and is neither a friend of the viewer nor asked to become one. */
function useStrangers(): (person: Person) => boolean {
  const { friends, incoming, outgoing } = useFriends()
  const known = new Set([
    ...(friends ?? []).map(({ id }) => id),
    ...incoming.map(({ from }) => from.id),
    ...outgoing.map(({ to }) => to.id),
  ])
  return ({ user }) => Boolean(friends && user && !known.has(user.id))
}

function befriending(person: Person, onTask: MemberMenuProps['onTask']): MenuAction {
  return {
    label: t`Add as friend`,
    icon: <UserPlus {...ICON} />,
    run: () => {
      onTask({ kind: 'befriend', person })
    },
  }
}

function guestActions(person: Person, role: Role, onTask: MemberMenuProps['onTask']): MenuAction[] {
  const rename = {
    label: t`Rename`,
    icon: <Pencil {...ICON} />,
    run: () => {
      onTask({ kind: 'rename', person })
    },
  }
  const link = {
    label: t`Personal link`,
    icon: <Link2 {...ICON} />,
    run: () => {
      onTask({ kind: 'link', person })
    },
  }
  const actions: MenuAction[] = [link, rename]
  return may(role, 'removeMember') ? [...actions, removal(person, onTask)] : actions
}

function memberActions(person: Person, role: Role, onTask: MemberMenuProps['onTask']) {
  const actions: MenuAction[] = []
  if (may(role, 'changeRoles') && person.role === 'MEMBER') {
    actions.push({
      label: t`Make admin`,
      icon: <ShieldCheck {...ICON} />,
      run: () => {
        onTask({ kind: 'role', person, role: 'ADMIN' })
      },
    })
  }
  if (may(role, 'changeRoles') && person.role === 'ADMIN') {
    actions.push({
      label: t`Make plain member`,
      icon: <ShieldOff {...ICON} />,
      run: () => {
        onTask({ kind: 'role', person, role: 'MEMBER' })
      },
    })
  }
  if (may(role, 'handOver')) {
    actions.push({
      label: t`Make owner`,
      icon: <Crown {...ICON} />,
      run: () => {
        onTask({ kind: 'handOver', person })
      },
    })
  }
  if (may(role, person.role === 'MEMBER' ? 'removeMember' : 'removeAdmin')) {
    actions.push(removal(person, onTask))
  }
  return actions
}

function removal(person: Person, onTask: MemberMenuProps['onTask']): MenuAction {
  return {
    label: t`Remove from the group`,
    icon: <UserMinus {...ICON} />,
    danger: true,
    run: () => {
      onTask({ kind: 'remove', person })
    },
  }
}
