import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

// The check extracts into a copy and compares; see i18n.check.js.
const locales = process.env.QUITS_LOCALES ?? 'src/locales'

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de', 'es'],
  catalogs: [
    {
      path: `${locales}/{locale}`,
      include: ['src'],
      exclude: ['**/*.generated.ts', '**/*.test.*'],
    },
  ],
  orderBy: 'message',
  format: formatter({ origins: false, lineNumbers: false }),
})
