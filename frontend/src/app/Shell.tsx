import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { Link, Outlet, ScrollRestoration, useMatch } from 'react-router'
import { AccountMenu } from '../features/account/AccountMenu'
import { CreateGroupDialog } from '../features/groups/CreateGroupDialog'
import { GroupNav } from '../features/groups/GroupNav'
import { LinkButton } from '../ui/Button'
import { classes } from '../ui/classes'
import { Wordmark } from '../ui/Wordmark'
import { dialogLink, useDialog } from '../ui/useDialog'

/** The frame of the signed-in app: a rail of groups on a wide screen, a bar on a phone. */
export function Shell() {
  const { name } = useDialog()
  const home = useMatch('/')
  return (
    <div className="lg:grid lg:grid-cols-[17rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="absolute -top-20 left-3 z-50 rounded-lg bg-ink px-4 py-2 text-canvas focus:top-3"
      >
        <Trans>Skip to content</Trans>
      </a>
      <header
        className={classes(
          'z-20 flex items-center justify-between border-line px-4 py-2 lg:sticky lg:top-0 lg:h-dvh lg:flex-col lg:items-stretch lg:gap-6 lg:border-r lg:bg-sunken/60 lg:px-3 lg:py-5',
          // On a phone, a group's own header takes this place.
          !home && 'max-lg:hidden',
        )}
      >
        <Link to="/" aria-label={t`Quits, your groups`} className="rounded-lg lg:px-2">
          <Wordmark />
        </Link>
        <nav aria-label={t`Groups`} className="hidden min-h-0 grow content-start gap-1 lg:grid">
          <GroupNav />
          <LinkButton
            {...dialogLink('group')}
            look="quiet"
            size="small"
            className="justify-self-start"
            icon={<Plus size={16} aria-hidden="true" />}
          >
            <Trans>New group</Trans>
          </LinkButton>
        </nav>
        <AccountMenu />
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
        <Outlet />
      </main>
      {name === 'group' && <CreateGroupDialog />}
      <ScrollRestoration />
    </div>
  )
}
