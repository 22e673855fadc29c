import { lazyPage } from './lazyPage'

/** The API client of the signed-in app, and what is around its pages. */
export const SignedIn = lazyPage(async () => (await import('./SignedIn')).SignedIn, 'start')

/** The frame of the signed-in app. */
export const Shell = lazyPage(async () => (await import('./shell/Shell')).Shell, 'start')
