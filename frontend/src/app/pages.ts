import { lazyPage } from './lazyPage'

/** Where the signed-in app opens. */
export const HomePage = lazyPage(async () => (await import('./home/HomePage')).HomePage, 'start')

export const LoginPage = lazyPage(
  async () => (await import('../features/account/LoginPage')).LoginPage,
  'start',
)

export const RegisterPage = lazyPage(
  async () => (await import('../features/account/RegisterPage')).RegisterPage,
  'account',
)

/** The pages whose code does not belong to a first visit. */
export const GroupPage = lazyPage(
  async () => (await import('./group/GroupPage')).GroupPage,
  'group',
)
export const ExpensesTab = lazyPage(
  async () => (await import('./group/ExpensesTab')).ExpensesTab,
  'group',
)
export const BalancesTab = lazyPage(async () => (await import('./group/BalancesTab')).BalancesTab)
export const GroupInsights = lazyPage(
  async () => (await import('../features/insights/GroupInsights')).GroupInsights,
)
export const GroupActivity = lazyPage(
  async () => (await import('../features/activity/GroupActivity')).GroupActivity,
)
export const GroupSettings = lazyPage(async () => (await import('./group/SettingsTab')).SettingsTab)
export const PeoplePlace = lazyPage(
  async () => (await import('../features/people/PeoplePlace')).PeoplePlace,
)
export const PersonPage = lazyPage(
  async () => (await import('../features/people/PersonPage')).PersonPage,
)
export const ActivityPlace = lazyPage(
  async () => (await import('../features/activity/ActivityPlace')).ActivityPlace,
)
export const NotificationsPage = lazyPage(
  async () => (await import('../features/activity/NotificationsPage')).NotificationsPage,
)
export const ExpensesPage = lazyPage(
  async () => (await import('../features/expenses/ExpensesPage')).ExpensesPage,
)
export const PaymentsPage = lazyPage(
  async () => (await import('../features/payments/PaymentsPage')).PaymentsPage,
)
export const InsightsPlace = lazyPage(
  async () => (await import('../features/insights/InsightsPlace')).InsightsPlace,
)
export const YouPlace = lazyPage(
  async () => (await import('../features/account/YouPlace')).YouPlace,
)
export const SettingsPages = lazyPage(async () => (await import('./SettingsPages')).SettingsPages)
const recovery = () => import('../features/account/recovery')
export const ForgotPage = lazyPage(async () => (await recovery()).ForgotPage, 'account')
export const ResetPage = lazyPage(async () => (await recovery()).ResetPage, 'account')
export const ConfirmEmailPage = lazyPage(async () => (await recovery()).ConfirmEmailPage, 'account')
export const JoinPage = lazyPage(
  async () => (await import('../features/groups/JoinPage')).JoinPage,
  'account',
)

/** What a signed-in person is likely to open next, but for pages with charts: those are loaded where they are shown. */
export const NEXT = [
  GroupPage,
  ExpensesTab,
  BalancesTab,
  PeoplePlace,
  ActivityPlace,
  YouPlace,
  GroupSettings,
]
