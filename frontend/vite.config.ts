import { babel } from '@rollup/plugin-babel'
import { lingui } from '@lingui/vite-plugin'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const router = process.env.QUITS_ROUTER_URL ?? 'http://127.0.0.1:4000'

// The app knows no address but its own: pages, API and sockets share one origin.
const proxy = {
  '/graphql': { target: router, ws: true },
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

export default defineConfig({
  plugins: [{ ...texts, enforce: 'pre' }, lingui(), react(), tailwindcss()],
  server: { host: '127.0.0.1', port: 5173, strictPort: true, proxy },
  preview: { host: '127.0.0.1', port: 5173, strictPort: true, proxy },
  build: { target: 'es2023', sourcemap: true },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
})
