import { Navigate, type RouteObject } from 'react-router'
import { RequireSession } from '../features/account/RequireSession'
import { NotFound } from './Crash'
import { Shell, SignedIn } from './frame'
import { PageOutlet } from './PageOutlet'
import * as pages from './pages'

/** An address of an earlier version. */
const moved = (path: string, to: string): RouteObject => ({
  path,
  element: <Navigate to={to} replace />,
})

const groupTabs: RouteObject[] = [
  { index: true, Component: pages.ExpensesTab },
  { path: 'balances', Component: pages.BalancesTab },
  { path: 'insights', Component: pages.GroupInsights },
  { path: 'activity', Component: pages.GroupActivity },
  { path: 'settings', Component: pages.GroupSettings },
  moved('report', '../insights'),
  moved('members', '../settings'),
]

const places: RouteObject[] = [
  { index: true, Component: pages.HomePage },
  { path: 'people', Component: pages.PeoplePlace },
  { path: 'people/:personId', Component: pages.PersonPage },
  { path: 'activity', Component: pages.ActivityPlace },
  { path: 'notifications', Component: pages.NotificationsPage },
  { path: 'insights', Component: pages.InsightsPlace },
  { path: 'expenses', Component: pages.ExpensesPage },
  { path: 'payments', Component: pages.PaymentsPage },
  { path: 'settings', Component: pages.YouPlace },
  { path: 'settings/*', Component: pages.SettingsPages },
  { path: 'groups/:groupId', Component: pages.GroupPage, children: groupTabs },
]

/** The pages that need no session. */
const open: RouteObject[] = [
  { path: 'login', Component: pages.LoginPage },
  { path: 'register', Component: pages.RegisterPage },
  { path: 'join', Component: pages.JoinPage },
  { path: 'forgot', Component: pages.ForgotPage },
  { path: 'reset', Component: pages.ResetPage },
  { path: 'confirm', Component: pages.ConfirmEmailPage },
]

export const routes: RouteObject[] = [
  moved('signup', '/register'),
  { Component: PageOutlet, children: open },
  {
    Component: RequireSession,
    children: [
      {
        Component: PageOutlet,
        children: [{ Component: SignedIn, children: [{ Component: Shell, children: places }] }],
      },
    ],
  },
  { path: '*', Component: NotFound },
]
