import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

// The check extracts into a copy and compares; see texts.check.js.
const locales = process.env.QUITS_LOCALES ?? 'src/locales'

// The texts of the signed-out pages, the frame and the home page.
const START = [
  'src/{lib,ui}/**',
  'src/api/*.ts*',
  'src/app/*.tsx',
  'src/app/{home,shell}/**',
  'src/features/account/LoginPage.tsx',
  'src/features/groups/{ArchivedGroups,GroupList,GroupNav,GroupRows,OwnBalance,Totals,kinds,people}.ts*',
  'src/features/payments/NeedsYou.tsx',
]
// What the page of a group needs beside them.
const GROUP = [
  'src/app/group/{ExpensesTab,GroupHeader,GroupPage}.tsx',
  'src/features/drafts/!(*Dialog).ts*',
  'src/features/expenses/!(*Dialog|*Field|*Fields|ExpensesPage|History|form|edit|Left*|useCreation).ts*',
  'src/features/groups/{BalanceAnnouncer,LiveBadge}.tsx',
  'src/features/payments/{BalanceList,SettlementList}.tsx',
]
// What registration, an invitation and the way back into an account need beside the first.
const ACCOUNT = [
  'src/features/account/RegisterPage.tsx',
  'src/features/account/recovery/**',
  'src/features/groups/JoinPage.tsx',
]
// Why something was refused, loaded with the first such refusal.
const REFUSALS = ['src/api/refusals/**']
const exclude = ['**/*.generated.ts', '**/*.test.*']

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de', 'es'],
  // Which of them a page loads: see loadTexts in src/lib/i18n.ts.
  catalogs: [
    { path: `${locales}/{locale}/start`, include: START, exclude },
    { path: `${locales}/{locale}/account`, include: ACCOUNT, exclude },
    { path: `${locales}/{locale}/group`, include: GROUP, exclude },
    { path: `${locales}/{locale}/refusals`, include: REFUSALS, exclude },
    {
      path: `${locales}/{locale}/rest`,
      include: ['src'],
      exclude: [...START, ...ACCOUNT, ...GROUP, ...REFUSALS, ...exclude],
    },
  ],
  orderBy: 'message',
  format: formatter({ origins: false, lineNumbers: false }),
})
