import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ChevronRight, Plus, UsersRound } from 'lucide-react'
import { Link } from 'react-router'
import { dialogLink } from '../../ui/useDialog'
import { readRefusal } from '../../api/refusal'
import { signOf, totals } from '../../lib/money'
import { Button, LinkButton } from '../../ui/Button'
import { Empty, Failure, SkeletonRows } from '../../ui/states'
import { useTitle } from '../../ui/useTitle'
import { KindIcon } from './kinds'
import { OwnBalance } from './OwnBalance'
import { ownBalances } from './people'
import { useGroups, type GroupRow } from './useGroups'

export function GroupsPage() {
  useTitle(t`Your groups`)
  const { groups, error, retry, more } = useGroups()
  const newGroup = (
    <LinkButton {...dialogLink('group')} icon={<Plus size={18} aria-hidden="true" />}>
      <Trans>New group</Trans>
    </LinkButton>
  )
  return (
    <div className="mx-auto grid max-w-3xl gap-5 px-4 pt-3 pb-16 sm:px-8 lg:pt-10">
      <header className="flex items-center justify-between gap-4">
        <h1 className="text-2xl">
          <Trans>Your groups</Trans>
        </h1>
        {groups && groups.length > 0 && newGroup}
      </header>
      {groups && !more && <Overall groups={groups} />}
      <section className="card p-1.5" aria-label={t`Groups`}>
        {!groups && !error && <SkeletonRows label={t`Loading your groups`} />}
        {!groups && error && <Failure onRetry={retry}>{readRefusal(error).message}</Failure>}
        {groups?.length === 0 && (
          <Empty
            icon={<UsersRound size={26} aria-hidden="true" />}
            title={t`Start with a group`}
            action={newGroup}
          >
            <Trans>
              A trip, a flat, a dinner: put the people in it and add what you spend. People without
              an account can take part as guests.
            </Trans>
          </Empty>
        )}
        <ul>
          {groups?.map((group) => (
            <GroupItem key={group.id} group={group} />
          ))}
        </ul>
        {more && (
          <Button look="quiet" className="w-full" onClick={more}>
            <Trans>Show more groups</Trans>
          </Button>
        )}
      </section>
    </div>
  )
}

function GroupItem({ group }: { group: GroupRow }) {
  const names = group.members.filter(({ state }) => state === 'ACTIVE').map(({ name }) => name)
  return (
    <li>
      <Link
        to={`/groups/${group.id}`}
        className="flex items-center gap-3.5 rounded-xl p-3 transition-colors hover:bg-hover"
      >
        <KindIcon kind={group.kind} />
        <span className="min-w-0 grow">
          <span className="block truncate font-semibold">{group.name}</span>
          <span className="block truncate text-sm text-muted">{names.join(', ')}</span>
        </span>
        <OwnBalance balances={ownBalances(group.balances, group.viewerMember.id)} size="row" />
        <ChevronRight size={18} className="shrink-0 text-faint max-sm:hidden" aria-hidden="true" />
      </Link>
    </li>
  )
}

/** The sum over all groups; left out as soon as one of them is not known. */
function Overall({ groups }: { groups: GroupRow[] }) {
  const own = groups.map((group) => ownBalances(group.balances, group.viewerMember.id))
  if (groups.length < 2 || own.includes(null)) return null
  const overall = totals(own.flatMap((balances) => balances ?? []))
  return (
    <section aria-label={t`Overall`} className="px-1">
      <OwnBalance balances={overall.filter((money) => signOf(money) !== 0)} size="hero" />
      <p className="mt-1 text-sm text-muted">
        <Trans>over all your groups</Trans>
      </p>
    </section>
  )
}
