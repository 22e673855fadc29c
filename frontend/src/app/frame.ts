import { lazyPage } from './lazyPage'

/** The frame of the signed-in app. */
export const Shell = lazyPage(async () => (await import('./shell/Shell')).Shell)
