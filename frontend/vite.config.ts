import { babel } from '@rollup/plugin-babel'
import { lingui } from '@lingui/vite-plugin'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defaultClientConditions } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'

const router = process.env.QUITS_ROUTER_URL ?? 'http://127.0.0.1:4000'
const expenses = process.env.QUITS_EXPENSES_URL ?? 'http://127.0.0.1:4003'
const reports = process.env.QUITS_REPORTS_URL ?? 'http://127.0.0.1:4005'

// The app knows no address but its own: pages, API and sockets share one origin. The router is told
// its own origin, because it does not know at which port this server listens.
const proxy = {
  '/graphql': { target: router, ws: true, headers: { origin: new URL(router).origin } },
  // Attachments of expenses.
  '/files': { target: expenses },
  // The link in a mail that ends such mail.
  '/unsubscribe': { target: reports },
}

// Texts in the code become keys of the catalogs in src/locales.
const texts = babel({
  babelHelpers: 'bundled',
  babelrc: false,
  configFile: false,
  include: 'src/**',
  extensions: ['.ts', '.tsx'],
  parserOpts: { plugins: ['typescript', 'jsx'] },
  plugins: ['@lingui/babel-plugin-lingui-macro'],
}) as Plugin

// The service worker keeps the app itself; what people see in it is kept by src/api/lastSeen.ts.
const pwa = VitePWA({
  registerType: 'prompt',
  injectRegister: false,
  manifestFilename: 'manifest.json',
  manifest: {
    name: 'Quits',
    short_name: 'Quits',
    description: 'Split shared expenses, exact to the cent, and get quits.',
    id: '/',
    start_url: '/',
    display: 'standalone',
    theme_color: '#5b2a5f',
    background_color: '#f6f5f8',
    icons: [
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
  workbox: {
    importScripts: ['push.js'],
    globPatterns: ['**/*.{html,js,css,svg}', '**/*-latin-wght-*.woff2'],
    // Only pages of the app are answered with it; everything else on this address is the router's.
    navigateFallbackDenylist: [/^\/(graphql|playground|files|unsubscribe|health)(\/|$)/],
  },
})

// React Aria brings its own texts in some thirty languages, of which the app speaks three.
const ariaTexts: Plugin = {
  ...optimizeLocales.vite({ locales: ['en-US', 'de-DE', 'es-ES'] }),
  enforce: 'pre',
}

// What is always loaded together, in the order in which it is loaded: few large files compress better than many
// small ones. A group takes the dependencies of its modules along, unless a group before it has them.
const chunks = Object.entries({
  start:
    /src\/(app\/App|api\/(lastSeen|renew|session)|lib\/(currencies|kept)|ui\/(Avatar|Wordmark))\.tsx?$/,
  // What both the pages before and those after the log-in use: it must not take the others along.
  shared: /src\/(api\/useSending|lib\/key|ui\/Field)\.tsx?$/,
  'signed-out': /src\/features\/account\/LoginPage\.tsx$/,
  'signed-in': /src\/app\/(SignedIn|shell\/Shell|home\/HomePage)\.tsx$/,
  group: /src\/app\/group\/(GroupPage|ExpensesTab)\.tsx$/,
  charts: /node_modules\/@visx\//,
}).map(([name, test], index) => ({ name, test, priority: 9 - index }))

export default defineConfig({
  plugins: [{ ...texts, enforce: 'pre' }, lingui(), ariaTexts, react(), tailwindcss(), pwa],
  server: { host: '127.0.0.1', port: 5173, strictPort: true, proxy },
  preview: { host: '127.0.0.1', port: 5173, strictPort: true, proxy },
  // RxJS for today's browsers: without it, a build for those of 2015 and its helpers.
  resolve: { conditions: ['es2015', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    sourcemap: true,
    rolldownOptions: {
      output: {
        // The start of the app names every chunk: what tells versions apart is no longer than it has to be.
        chunkFileNames: 'assets/[name]-[hash:7].js',
        codeSplitting: { groups: chunks },
      },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    unstubGlobals: true,
    // Busy machines are slow, not broken.
    testTimeout: 30_000,
  },
})
