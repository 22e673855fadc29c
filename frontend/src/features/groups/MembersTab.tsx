import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { UserPlus, UserRoundPlus } from 'lucide-react'
import { dialogLink } from '../../ui/useDialog'
import { Avatar } from '../../ui/Avatar'
import { LinkButton } from '../../ui/Button'
import type { Person } from './people'
import { useGroup } from './useGroup'

export function MembersTab() {
  const { people } = useGroup()
  return (
    <div className="grid gap-4 p-4 lg:px-0 lg:pt-6">
      <div className="flex flex-wrap gap-2">
        <LinkButton
          {...dialogLink('invite')}
          look="secondary"
          size="small"
          icon={<UserPlus size={16} aria-hidden="true" />}
        >
          <Trans>Invite by link</Trans>
        </LinkButton>
        <LinkButton
          {...dialogLink('guest')}
          look="secondary"
          size="small"
          icon={<UserRoundPlus size={16} aria-hidden="true" />}
        >
          <Trans>Add a guest</Trans>
        </LinkButton>
      </div>
      <ul className="card divide-y divide-line" aria-label={t`Members`}>
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
    </div>
  )
}

function standing({ isGuest, role, state }: Person): string {
  if (state === 'LEFT') return t`has left`
  if (isGuest) return t`guest`
  return { OWNER: t`owner`, ADMIN: t`admin`, MEMBER: t`member` }[role]
}
