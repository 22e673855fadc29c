import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ChevronRight, FileUp, Plus, UsersRound } from 'lucide-react'
import { Link } from 'react-router'
import { LinkButton } from '../../ui/Button'
import { Series } from '../../ui/Series'
import { Empty } from '../../ui/states'
import { dialogLink } from '../../ui/useDialog'
import { ArchivedGroups } from './ArchivedGroups'
import { GroupRows } from './GroupRows'
import type { GroupSummaryFragment } from './list.generated'
import { KindIcon } from './kinds'
import { OwnBalance } from './OwnBalance'
import { ownBalances } from './people'
import { isDirect } from './title'
import { useGroups } from './useGroups'

/** The viewer's groups in use, then the archived ones, folded. */
export function GroupList() {
  const list = useGroups()
  const isEmpty = !list.groups?.some((group) => !isDirect(group))
  return (
    <section aria-labelledby="groups" className="grid gap-2">
      <header className="flex min-h-11 items-center justify-between gap-4 px-1">
        <h2 id="groups" className="text-lg">
          <Trans>Groups</Trans>
        </h2>
        {!isEmpty && (
          <span className="flex">
            <ImportGroup size="small" />
            <NewGroup look="quiet" size="small" />
          </span>
        )}
      </header>
      <GroupRows list={list} Row={GroupItem} none={<NoGroups />} />
      {list.groups && <ArchivedGroups Row={GroupItem} />}
    </section>
  )
}

function NewGroup(props: { look?: 'quiet'; size?: 'small' }) {
  return (
    <LinkButton {...dialogLink('group')} {...props} icon={<Plus size={18} aria-hidden="true" />}>
      <Trans>New group</Trans>
    </LinkButton>
  )
}

/** What somebody has elsewhere comes along. */
function ImportGroup(props: { size?: 'small' }) {
  return (
    <LinkButton
      {...dialogLink('import')}
      {...props}
      look="quiet"
      icon={<FileUp size={18} aria-hidden="true" />}
    >
      <Trans>Import</Trans>
    </LinkButton>
  )
}

function NoGroups() {
  return (
    <Empty
      icon={<UsersRound size={26} aria-hidden="true" />}
      title={t`Start with a group`}
      action={
        <span className="flex flex-wrap justify-center gap-2">
          <NewGroup />
          <ImportGroup />
        </span>
      }
    >
      <Trans>
        A trip, a flat, a dinner: put the people in it and add what you spend. People without an
        account can take part as guests.
      </Trans>
    </Empty>
  )
}

function GroupItem({ group }: { group: GroupSummaryFragment }) {
  const names = group.members.filter(({ state }) => state === 'ACTIVE').map(({ name }) => name)
  return (
    <li>
      <Link
        to={`/groups/${group.id}`}
        className="flex items-center gap-3.5 rounded-xl p-3 transition-colors hover:bg-hover"
      >
        <KindIcon kind={group.kind} />
        <span className="min-w-0 grow">
          <span className="line-clamp-2 wrap-anywhere font-semibold">{group.name}</span>
          <span className="block truncate text-sm text-muted">
            <Series of={names} />
          </span>
        </span>
        <OwnBalance balances={ownBalances(group.balances, group.viewerMember.id)} size="row" />
        <ChevronRight size={18} className="shrink-0 text-faint max-sm:hidden" aria-hidden="true" />
      </Link>
    </li>
  )
}
