import { t } from '@lingui/core/macro'
import { Plus } from 'lucide-react'
import { Link, NavLink } from 'react-router'
import { useUnread } from '../../features/activity/unread'
import { useFriends } from '../../features/friends/useFriends'
import { classes } from '../../ui/classes'
import { dialogLink } from '../../ui/useDialog'
import { Badge } from './Badge'
import { ACTIVITY, HOME, PEOPLE, YOU, type Place } from './places'

/** The five places of a phone, with adding in the middle. */
export function TabBar() {
  const unread = useUnread()
  const requests = useFriends().incoming.length
  return (
    <nav
      aria-label={t`Main`}
      data-bottom-bar
      className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-5 border-t border-line bg-canvas/92 pb-[env(safe-area-inset-bottom)] backdrop-blur lg:hidden"
    >
      <Tab place={HOME} />
      <Tab place={PEOPLE} news={requests} />
      <Link
        {...dialogLink('add')}
        aria-label={t`Add expense`}
        className="grid place-items-center rounded-xl"
      >
        <span className="grid size-12 place-items-center rounded-2xl bg-brand text-on-brand shadow-card">
          <Plus size={24} aria-hidden="true" />
        </span>
      </Link>
      <Tab place={ACTIVITY} news={unread} />
      <Tab place={YOU} />
    </nav>
  )
}

function Tab({ place, news = 0 }: { place: Place; news?: number }) {
  const { to, label, icon: Icon } = place
  return (
    <NavLink
      to={to}
      end={to === '/'}
      className={({ isActive }) =>
        classes(
          'grid h-16 content-center justify-items-center gap-0.5 rounded-xl text-xs font-semibold transition-colors',
          isActive ? 'text-brand' : 'text-muted',
        )
      }
    >
      <span className="relative">
        <Icon size={22} aria-hidden="true" />
        <span className="absolute -top-1.5 left-3.5">
          <Badge count={news} label={t`new`} />
        </span>
      </span>
      {t(label)}
    </NavLink>
  )
}
