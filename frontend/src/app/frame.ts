import { WIDE } from '../ui/useMedia'
import { lazyPage } from './lazyPage'
import { Rail } from './shell/lazyRail'

/** The API client of the signed-in app, and what is around its pages. */
export const SignedIn = lazyPage(async () => (await import('./SignedIn')).SignedIn, 'start')

/** The frame of the signed-in app. */
export const Shell = lazyPage(async () => {
  if (window.matchMedia(WIDE).matches) void Rail.preload()
  return (await import('./shell/Shell')).Shell
}, 'start')
