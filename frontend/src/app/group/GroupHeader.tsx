import { msg, t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { ArrowLeft, HandCoins, Plus, UserPlus } from 'lucide-react'
import { Link, NavLink } from 'react-router'
import { dialogLink } from '../../ui/useDialog'
import { LinkButton } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { kindLabel, KindIcon } from '../../features/groups/kinds'
import { LiveBadge } from '../../features/groups/LiveBadge'
import { OwnBalance } from '../../features/groups/OwnBalance'
import { ownBalances } from '../../features/groups/people'
import type { GroupContext } from '../../features/groups/useGroup'

export function GroupHeader({ group, people }: GroupContext) {
  const balances = ownBalances(group.balances, people.viewerId)
  const count = people.active.length
  return (
    <header className="grid gap-5 px-4 pt-2 lg:px-0 lg:pt-0">
      <div className="flex items-center gap-3">
        <Link
          to="/"
          aria-label={t`All groups`}
          className="-ml-2 grid size-10 place-items-center rounded-xl text-muted hover:bg-hover lg:hidden"
        >
          <ArrowLeft size={20} aria-hidden="true" />
        </Link>
        <span className="max-lg:hidden">
          <KindIcon kind={group.kind} />
        </span>
        <div className="min-w-0 grow">
          <h1 className="truncate text-lg lg:text-2xl">{group.name}</h1>
          <p className="flex items-center gap-1.5 text-sm text-muted">
            {kindLabel(group.kind)} · <Plural value={count} one="# person" other="# people" />{' '}
            <LiveBadge />
          </p>
        </div>
        <InviteLink />
      </div>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <section aria-label={t`Your balance`}>
          <OwnBalance balances={balances} size="hero" />
          {balances?.length === 0 && (
            <p className="text-sm text-muted">
              <Trans>You owe nothing here.</Trans>
            </p>
          )}
        </section>
        <Actions />
      </div>
      <Tabs />
    </header>
  )
}

function InviteLink() {
  return (
    <LinkButton
      {...dialogLink('invite')}
      look="quiet"
      size="small"
      icon={<UserPlus size={17} aria-hidden="true" />}
    >
      <Trans>Invite</Trans>
    </LinkButton>
  )
}

function Actions() {
  return (
    <div className="flex gap-2 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-30 max-sm:border-t max-sm:border-line max-sm:bg-canvas/92 max-sm:px-4 max-sm:pt-3 max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))] max-sm:backdrop-blur">
      <LinkButton
        {...dialogLink('payment')}
        look="secondary"
        className="max-sm:grow"
        icon={<HandCoins size={18} aria-hidden="true" />}
      >
        <Trans>Record payment</Trans>
      </LinkButton>
      <LinkButton
        {...dialogLink('expense')}
        className="max-sm:grow"
        icon={<Plus size={18} aria-hidden="true" />}
      >
        <Trans>Add expense</Trans>
      </LinkButton>
    </div>
  )
}

const TABS = [
  ['', msg`Expenses`],
  ['balances', msg`Balances`],
  ['activity', msg`Activity`],
  ['report', msg`Report`],
  ['members', msg`Members`],
] as const

function Tabs() {
  return (
    <nav
      aria-label={t`Group`}
      className="-mx-4 flex overflow-x-auto sm:gap-1 border-b border-line px-4 [scrollbar-width:none] lg:mx-0 lg:px-0"
    >
      {TABS.map(([path, label]) => (
        <NavLink
          key={path}
          to={path}
          end
          className={({ isActive }) =>
            classes(
              '-mb-px rounded-t-lg border-b-2 px-2 py-2.5 sm:px-3 text-sm font-semibold whitespace-nowrap transition-colors',
              isActive ? 'border-brand text-ink' : 'border-transparent text-muted hover:text-ink',
            )
          }
        >
          {t(label)}
        </NavLink>
      ))}
    </nav>
  )
}
