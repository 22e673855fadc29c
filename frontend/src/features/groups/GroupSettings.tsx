import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Activity, ChevronRight, UserPlus, UserRoundPlus } from 'lucide-react'
import { Link } from 'react-router'
import { Avatar } from '../../ui/Avatar'
import { LinkButton } from '../../ui/Button'
import { dialogLink } from '../../ui/useDialog'
import type { Person } from './people'
import { useGroup } from './useGroup'

/** What is about a group itself: who is in it, how others come in, and what happened. */
export function GroupSettings() {
  return (
    <div className="grid max-w-3xl gap-5 p-4 lg:px-0 lg:pt-6">
      <Members />
      <Link
        to="../activity"
        className="card flex min-h-14 items-center gap-3 px-4 font-semibold transition-colors hover:bg-hover"
      >
        <Activity size={20} className="text-brand" aria-hidden="true" />
        <span className="grow">
          <Trans>What happened here</Trans>
        </span>
        <ChevronRight size={18} className="text-faint" aria-hidden="true" />
      </Link>
    </div>
  )
}

function Members() {
  const { people } = useGroup()
  return (
    <section aria-labelledby="members" className="grid gap-3">
      <h2 id="members" className="px-1 text-lg">
        <Trans>Members</Trans>
      </h2>
      <ul className="card divide-y divide-line" aria-labelledby="members">
        {people.everyone.map((person) => (
          <li key={person.id} className="flex items-center gap-3 px-4 py-3">
            <Avatar name={person.name} guest={person.isGuest} />
            <span className="min-w-0 grow truncate font-semibold">
              {person.name}
              {people.isViewer(person.id) && (
                <span className="font-normal text-muted">
                  {' '}
                  <Trans>(you)</Trans>
                </span>
              )}
            </span>
            <span className="text-sm text-muted">{standing(person)}</span>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <LinkButton
          {...dialogLink('invite')}
          look="secondary"
          icon={<UserPlus size={17} aria-hidden="true" />}
        >
          Invite by link
        </LinkButton>
        <LinkButton
          {...dialogLink('guest')}
          look="secondary"
          icon={<UserRoundPlus size={17} aria-hidden="true" />}
        >
          Add a guest
        </LinkButton>
      </div>
    </section>
  )
}

function standing({ isGuest, role, state }: Person): string {
  if (state === 'LEFT') return t`has left`
  if (isGuest) return t`guest`
  return { OWNER: t`owner`, ADMIN: t`admin`, MEMBER: t`member` }[role]
}
