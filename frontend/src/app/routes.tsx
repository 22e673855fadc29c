import { createBrowserRouter, type RouteObject } from 'react-router'
import { LoginPage } from '../features/account/LoginPage'
import { RegisterPage } from '../features/account/RegisterPage'
import { RequireSession } from '../features/account/RequireSession'
import { GroupsPage } from '../features/groups/GroupsPage'
import { Crash, NotFound } from './Crash'
import { Shell } from './Shell'

// What a first visit shows is in the main bundle; the rest arrives with its route.
const groupTabs: RouteObject[] = [
  {
    index: true,
    lazy: async () => ({ Component: (await import('./group/ExpensesTab')).ExpensesTab }),
  },
  {
    path: 'balances',
    lazy: async () => ({ Component: (await import('./group/BalancesTab')).BalancesTab }),
  },
  {
    path: 'activity',
    lazy: async () => ({
      Component: (await import('../features/reports/ActivityTab')).ActivityTab,
    }),
  },
  {
    path: 'report',
    lazy: async () => ({ Component: (await import('../features/reports/ReportTab')).ReportTab }),
  },
  {
    path: 'members',
    lazy: async () => ({ Component: (await import('../features/groups/MembersTab')).MembersTab }),
  },
]

const routes: RouteObject[] = [
  {
    ErrorBoundary: Crash,
    HydrateFallback: () => null,
    children: [
      { path: 'login', Component: LoginPage },
      { path: 'register', Component: RegisterPage },
      {
        path: 'join/:token',
        lazy: async () => ({ Component: (await import('../features/groups/JoinPage')).JoinPage }),
      },
      {
        Component: RequireSession,
        children: [
          {
            Component: Shell,
            children: [
              { index: true, Component: GroupsPage },
              {
                path: 'groups/:groupId',
                lazy: async () => ({ Component: (await import('./group/GroupPage')).GroupPage }),
                children: groupTabs,
              },
            ],
          },
        ],
      },
      { path: '*', Component: NotFound },
    ],
  },
]

export const createRouter = () => createBrowserRouter(routes)
