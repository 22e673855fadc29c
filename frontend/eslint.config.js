import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import js from '@eslint/js'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

const noFloats = [
  {
    selector: "CallExpression[callee.name='parseFloat']",
    message: 'Money is never a float: use src/lib/money.ts.',
  },
  {
    selector: "MemberExpression[property.name='toFixed']",
    message: 'Money is never a float: use src/lib/money.ts.',
  },
  {
    selector: "MemberExpression[property.name='parseFloat']",
    message: 'Money is never a float: use src/lib/money.ts.',
  },
  {
    selector: "CallExpression[callee.name='Number']",
    message: 'Money is never a float: use src/lib/money.ts.',
  },
]

/** A test that does not run proves nothing. */
const noSkippedTests = {
  selector: 'CallExpression > MemberExpression[property.name=/^(skip|only|todo|fixme)$/]',
  message: 'Every test runs.',
}

/** From the bottom to the top: a layer knows only those before it. */
const LAYERS = ['lib', 'ui', 'api', 'features', 'app']

/** What each feature may use of other features, and of them only their index.ts. */
const FEATURES = {
  account: [],
  friends: ['account'],
  groups: ['account', 'friends'],
  expenses: ['groups'],
  rates: [],
  transfer: ['account', 'groups'],
  payments: ['groups', 'rates'],
  activity: ['expenses', 'groups'],
  budgets: ['expenses'],
  insights: ['budgets', 'groups', 'expenses', 'rates'],
  people: ['groups', 'payments', 'friends'],
  schedules: ['expenses', 'groups'],
  drafts: ['groups', 'expenses'],
}

const forgotten = readdirSync(join(import.meta.dirname, 'src/features')).filter(
  (name) => !(name in FEATURES),
)
if (forgotten.length > 0) throw new Error(`say what these may use: ${forgotten.join(', ')}`)

const zones = [
  ...LAYERS.map((layer, index) => ({
    target: `src/${layer}`,
    from: LAYERS.slice(index + 1).map((above) => `src/${above}`),
    message: `${layer} is below it.`,
  })).slice(0, -1),
  ...Object.entries(FEATURES).map(([feature, others]) => ({
    target: `src/features/${feature}`,
    from: 'src/features',
    except: [feature, ...others.map((other) => `${other}/index.ts`)],
    message: `${feature} may import: ${others.join(', ') || 'no feature'}, and only its index.`,
  })),
]

export default tseslint.config(
  { ignores: ['dist', 'src/**/*.generated.ts', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  reactHooks.configs.flat['recommended-latest'],
  jsxA11y.flatConfigs.strict,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js'] })],
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      // Dialogs and account pages start at their first field, as the pattern for dialogs asks.
      'jsx-a11y/no-autofocus': ['error', { ignoreNonDOM: true }],
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      'no-restricted-syntax': ['error', ...noFloats, noSkippedTests],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 70, skipComments: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'e2e/**'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['e2e/**'], rules: { 'react-hooks/rules-of-hooks': 'off' } },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
)
