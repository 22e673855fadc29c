import { defineConfig } from '@playwright/test'

// Plain Chromium without anything that calls home.
const args =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

export default defineConfig({
  testDir: 'e2e',
  // These charge test cards, which the stand-in for Stripe takes, and read what was mailed in the log of the stack of the
  // tests; an installation at some address has neither.
  testIgnore: [
    ...(process.env.QUITS_HAS_STRIPE_DOUBLE ? [] : ['cards.spec.ts']),
    ...(process.env.QUITS_MAIL_LOG ? [] : ['mail.spec.ts']),
  ],
  retries: 0,
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.QUITS_APP_URL ?? 'http://localhost:5173',
    locale: 'en-GB',
    // Where the accounts of the stories live: their day is the browser's.
    timezoneId: 'Europe/Vienna',
    viewport: { width: 1280, height: 800 },
    // Answers that a story replaces must not come from a cache; the stories about being offline allow it.
    serviceWorkers: 'block',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env.QUITS_CHROMIUM, args: args.split(' ') },
  },
})
