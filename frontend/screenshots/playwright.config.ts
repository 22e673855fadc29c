import { defineConfig } from '@playwright/test'
import tests from '../playwright.config'

/** Takes pictures instead of testing: `npm run screenshots` puts them into screenshots/out. */
export default defineConfig({
  ...tests,
  testDir: '.',
  testMatch: '*.shots.ts',
  outputDir: 'out/traces',
  timeout: 600_000,
  use: { ...tests.use, trace: 'off', reducedMotion: 'reduce' },
})
