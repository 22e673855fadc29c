import { msg, t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { ArrowLeft, ChevronDown, HandCoins, Plus, UserPlus } from 'lucide-react'
import { useRef } from 'react'
import { Link, NavLink } from 'react-router'
import { unmask } from '../../api/fragments'
import type { GroupNameFragment, GroupPeopleFragment } from '../../features/groups'
import { kindLabel, KindIcon } from '../../features/groups/kinds'
import { LiveBadge } from '../../features/groups/LiveBadge'
import { OwnBalance } from '../../features/groups/OwnBalance'
import { ownBalances } from '../../features/groups/people'
import { friendIn, groupTitle, isDirect } from '../../features/groups/title'
import type { GroupContext } from '../../features/groups/useGroup'
import { paymentOf } from '../../features/payments'
import { LinkButton } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { dialogLink } from '../../ui/useDialog'
import { useOutOfSight } from '../../ui/useOutOfSight'

/** The name and the own balance of a group. On scroll, both collapse into one line that stays. */
export function GroupHeader(context: GroupContext) {
  const { group, people } = context
  const hero = useRef<HTMLDivElement>(null)
  const collapsed = useOutOfSight(hero)
  const balances = ownBalances(group.balances, people.viewerId)
  return (
    <>
      <header className="sticky top-[var(--banner-height)] z-20 flex min-h-14 items-center gap-2 bg-canvas/92 px-4 py-1.5 backdrop-blur lg:px-0">
        <Link
          {...backFrom(group)}
          className="-ml-2 grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:bg-hover lg:hidden"
        >
          <ArrowLeft size={20} aria-hidden="true" />
        </Link>
        <Title {...context} collapsed={collapsed} />
        {collapsed && <OwnBalance balances={balances} size="line" />}
        {!isDirect(group) && !group.archivedAt && <InviteLink />}
      </header>
      <div
        ref={hero}
        className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4 px-4 pt-3 pb-4 lg:px-0"
      >
        <section aria-label={t`Your balance`}>
          <OwnBalance balances={balances} size="hero" />
          {balances?.length === 0 && (
            <p className="text-sm text-muted">
              <Trans>You owe nothing here.</Trans>
            </p>
          )}
        </section>
        <Actions {...context} />
      </div>
      <Tabs />
    </>
  )
}

/** What two friends share belongs to the friend, everything else to the list of groups. */
function backFrom(group: GroupContext['group']) {
  const { user: friend } = (isDirect(group) && friendIn(unmask<GroupPeopleFragment>(group))) || {}
  if (friend) return { to: `/people/${friend.id}`, 'aria-label': t`To your friend` }
  return { to: '/', 'aria-label': t`All groups` }
}

/** The name leads to everything about the group itself: members, invites, settings. */
function Title({ group, people, collapsed }: GroupContext & { collapsed: boolean }) {
  const count = people.active.length
  return (
    <div className="min-w-0 grow">
      <h1 className="text-lg lg:text-2xl">
        <Link
          to="settings"
          // Enlarges the touch target beyond the line.
          className="relative -mx-1.5 flex w-fit max-w-full items-center gap-2 rounded-lg px-1.5 after:absolute after:inset-x-0 after:-top-1.5 after:-bottom-5 hover:bg-hover"
        >
          <span className="max-lg:hidden">
            <KindIcon kind={group.kind} small />
          </span>
          <span className="truncate">{groupTitle(unmask<GroupNameFragment>(group))}</span>
          <ChevronDown size={18} className="shrink-0 text-faint" aria-hidden="true" />
        </Link>
      </h1>
      <p
        className={classes(
          'flex items-center gap-1.5 text-sm whitespace-nowrap text-muted',
          collapsed && 'sr-only',
        )}
      >
        {kindLabel(group.kind)}
        {!isDirect(group) && (
          <>
            {' · '}
            <Plural value={count} one="# person" other="# people" />
          </>
        )}{' '}
        <LiveBadge />
      </p>
    </div>
  )
}

function InviteLink() {
  return (
    <LinkButton
      {...dialogLink('invite')}
      look="quiet"
      className="min-w-11 shrink-0 px-3!"
      icon={<UserPlus size={18} aria-hidden="true" />}
    >
      <span className="max-sm:sr-only">
        <Trans>Invite</Trans>
      </span>
    </LinkButton>
  )
}

/** What is done in a group: at hand at the foot of a phone. */
function Actions(context: GroupContext) {
  if (context.group.archivedAt) {
    return (
      <p className="text-sm text-muted">
        <Trans>This group is archived. An owner or an admin can restore it.</Trans>
      </p>
    )
  }
  return (
    <div
      data-bottom-bar
      className="flex gap-2 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-30 max-lg:border-t max-lg:border-line max-lg:bg-canvas/92 max-lg:px-4 max-lg:pt-2.5 max-lg:pb-[max(0.625rem,env(safe-area-inset-bottom))] max-lg:backdrop-blur"
    >
      <LinkButton
        {...settleLink(context)}
        look="secondary"
        className="max-lg:grow max-lg:basis-0 max-sm:px-2!"
        icon={<HandCoins size={18} aria-hidden="true" />}
      >
        <Trans>Settle up</Trans>
      </LinkButton>
      <LinkButton
        {...dialogLink('expense')}
        className="max-lg:grow max-lg:basis-0 max-sm:px-2!"
        icon={<Plus size={18} aria-hidden="true" />}
      >
        <Trans>Add expense</Trans>
      </LinkButton>
    </div>
  )
}

/** The only payment of the viewer at once, several to choose from, or an empty form. */
function settleLink({ group, people }: GroupContext) {
  const own = group.settlement?.transfers.filter(
    ({ from, to }) => people.isViewer(from.id) || people.isViewer(to.id),
  )
  const [transfer, ...others] = own ?? []
  if (others.length > 0) return { to: 'balances' }
  return dialogLink('payment', transfer ? paymentOf(transfer) : {})
}

const TABS = [
  ['', msg`Expenses`],
  ['balances', msg`Balances`],
  ['insights', msg`Insights`],
] as const

function Tabs() {
  return (
    <nav
      aria-label={t`Group`}
      className="grid grid-cols-3 border-b border-line px-4 sm:flex sm:gap-1 lg:px-0"
    >
      {TABS.map(([path, label]) => (
        <NavLink
          key={path}
          to={path}
          end
          className={({ isActive }) =>
            classes(
              '-mb-px flex min-h-11 items-center justify-center border-b-2 px-3 text-sm font-semibold whitespace-nowrap transition-colors',
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
