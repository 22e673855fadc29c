import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { Link, NavLink } from 'react-router'
import { useUnread } from '../../features/activity/unread'
import { useFriends } from '../../features/friends/useFriends'
import { GroupNav } from '../../features/groups/GroupNav'
import { LinkButton } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { Wordmark } from '../../ui/Wordmark'
import { Badge } from './Badge'
import { ACTIVITY, HOME, INSIGHTS, PEOPLE, YOU, type Place } from './places'
import { useAddLink } from './useShortcuts'

/** The places and the groups at the side of a wide screen. */
export function Rail() {
  const unread = useUnread()
  const requests = useFriends().incoming.length
  const add = useAddLink()
  return (
    <header className="sticky top-[var(--banner-height)] flex h-[calc(100dvh-var(--banner-height))] flex-col gap-4 border-r border-line bg-sunken/60 px-3 py-5 max-lg:hidden">
      <Link to="/" aria-label={t`Quits, home`} className="rounded-lg px-2">
        <Wordmark />
      </Link>
      <LinkButton {...add} icon={<Plus size={18} aria-hidden="true" />} aria-keyshortcuts="n">
        <Trans>Add</Trans>
      </LinkButton>
      <nav aria-label={t`Main`} className="grid gap-0.5">
        <RailLink place={HOME} />
        <RailLink place={PEOPLE} news={requests} />
        <RailLink place={ACTIVITY} news={unread} />
        <RailLink place={INSIGHTS} />
      </nav>
      <nav aria-label={t`Groups`} className="flex min-h-0 grow flex-col gap-1">
        <GroupNav />
      </nav>
      <RailLink place={YOU} />
    </header>
  )
}

function RailLink({ place, news = 0 }: { place: Place; news?: number }) {
  const { to, label, icon: Icon } = place
  return (
    <NavLink
      to={to}
      end={to === '/'}
      className={({ isActive }) =>
        classes(
          'flex min-h-11 items-center gap-3 rounded-xl px-2.5 text-sm font-semibold transition-colors',
          isActive ? 'bg-surface text-ink shadow-card' : 'text-muted hover:bg-hover hover:text-ink',
        )
      }
    >
      <Icon size={19} aria-hidden="true" />
      <span className="grow">{t(label)}</span>
      <Badge count={news} label={t`new`} />
    </NavLink>
  )
}
