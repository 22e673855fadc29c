import { Trans } from '@lingui/react/macro'
import { Suspense, useEffect } from 'react'
import { useMatch } from 'react-router'
import { useProfileLocale } from '../../features/account/useProfileLocale'
import { useUnreadLive } from '../../features/activity/unread'
import { useFriendsLive } from '../../features/friends/useFriends'
import { useActivityStream } from '../../features/groups/useActivityLive'
import { useDialog } from '../../ui/useDialog'
import { useMedia, WIDE } from '../../ui/useMedia'
import { useScrollPosition } from '../../ui/useScrollPosition'
import { DialogPlace } from '../DialogPlace'
import { DIALOGS, OFTEN } from '../dialogs'
import { preloadWhenIdle } from '../lazyPage'
import { PageOutlet } from '../PageOutlet'
import { NEXT } from '../pages'
import { Rail } from './lazyRail'
import { TabBar } from './TabBar'
import { useShortcuts } from './useShortcuts'

/** The frame of the signed-in app: a rail on a wide screen, tabs at the bottom of a phone. */
export function Shell() {
  const { name } = useDialog()
  const Dialog = DIALOGS[name ?? '']
  const wide = useMedia(WIDE)
  const inGroup = useMatch('/groups/:groupId/*')
  useScrollPosition()
  useShortcuts()
  useProfileLocale()
  useFriendsLive()
  useUnreadLive()
  useActivityStream()
  useEffect(() => preloadWhenIdle([...NEXT, ...OFTEN]), [])
  return (
    <div className="lg:grid lg:grid-cols-[16rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="absolute -top-20 left-3 z-50 flex min-h-11 items-center rounded-lg bg-ink px-4 text-canvas focus:top-3"
      >
        <Trans>Skip to content</Trans>
      </a>
      {wide && (
        <Suspense fallback={<div />}>
          <Rail />
        </Suspense>
      )}
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
        <PageOutlet />
      </main>
      {/* A group has its own bar, with what is done there. */}
      {!inGroup && <TabBar />}
      {Dialog && (
        <DialogPlace>
          <Dialog />
        </DialogPlace>
      )}
    </div>
  )
}
