import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { NavLink } from 'react-router'
import { LinkButton } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { LoadMore } from '../../ui/LoadMore'
import { dialogLink } from '../../ui/useDialog'
import { ArchivedGroups } from './ArchivedGroups'
import type { GroupSummaryFragment } from './list.generated'
import { KindIcon } from './kinds'
import { OwnBalance } from './OwnBalance'
import { ownBalances } from './people'
import { isDirect } from './title'
import { useGroups } from './useGroups'

// Fewer are found at a glance.
const FILTERED_FROM = 8

/** The groups in the rail of a wide screen, and a way to a new one. */
export function GroupNav() {
  const { groups, more } = useGroups()
  const [text, setText] = useState('')
  const named = groups?.filter((group) => !isDirect(group))
  const found = named?.filter(({ name }) =>
    name.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()),
  )
  return (
    <>
      {named && named.length >= FILTERED_FROM && (
        <input
          type="search"
          aria-label={t`Filter groups`}
          placeholder={t`Filter groups`}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
          }}
          className="field text-sm!"
        />
      )}
      <div className="-mx-1 min-h-0 overflow-y-auto px-1 py-1">
        <ul className="grid gap-0.5">
          {found?.map((group) => (
            <GroupLink key={group.id} group={group} />
          ))}
        </ul>
        {more && (
          <LoadMore {...more}>
            <Trans>Show more groups</Trans>
          </LoadMore>
        )}
        {named && <ArchivedGroups Row={GroupLink} />}
      </div>
      <LinkButton
        {...dialogLink('group')}
        look="quiet"
        size="small"
        className="self-start"
        icon={<Plus size={16} aria-hidden="true" />}
      >
        <Trans>New group</Trans>
      </LinkButton>
    </>
  )
}

function GroupLink({ group }: { group: GroupSummaryFragment }) {
  return (
    <li>
      <NavLink
        to={`/groups/${group.id}`}
        className={({ isActive }) =>
          classes(
            'flex items-center gap-3 rounded-xl p-2 transition-colors',
            isActive ? 'bg-surface shadow-card' : 'hover:bg-hover',
          )
        }
      >
        <KindIcon kind={group.kind} small />
        <span className="line-clamp-2 wrap-anywhere min-w-0 grow text-sm font-semibold">
          {group.name}
        </span>
        <OwnBalance balances={ownBalances(group.balances, group.viewerMember.id)} size="rail" />
      </NavLink>
    </li>
  )
}
