import { plural, t } from '@lingui/core/macro'
import { Bell } from 'lucide-react'
import { Link } from 'react-router'
import { useUnread } from './unread'

const MOST = 99

/** Leads to the notifications, and tells how many are new. */
export function NotificationsBell() {
  const unread = useUnread()
  const label = plural(unread, {
    0: 'Notifications',
    one: 'Notifications, # not read yet',
    other: 'Notifications, # not read yet',
  })
  return (
    <Link
      to="/notifications"
      aria-label={label}
      title={t`Notifications`}
      className="relative grid size-11 shrink-0 place-items-center rounded-xl text-muted transition-colors hover:bg-hover hover:text-ink"
    >
      <Bell size={22} aria-hidden="true" />
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-0.5 right-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-brand px-1 text-[0.6875rem] leading-none font-bold text-on-brand"
        >
          {unread > MOST ? `${MOST}+` : unread}
        </span>
      )}
    </Link>
  )
}
