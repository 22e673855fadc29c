import { lazyPage } from '../lazyPage'

/** What only a wide screen shows is not part of what a phone loads. */
export const Rail = lazyPage(async () => (await import('./Rail')).Rail, 'start')
