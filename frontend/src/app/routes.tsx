import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { LoginPage } from '../features/account/LoginPage'
import { RegisterPage } from '../features/account/RegisterPage'
import { RequireSession } from '../features/account/RequireSession'
import { Crash, NotFound } from './Crash'
import { Shell } from './frame'
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
  { path: 'settings/profile', Component: pages.ProfilePage },
  { path: 'settings/email', Component: pages.EmailPage },
  { path: 'settings/password', Component: pages.PasswordPage },
  { path: 'settings/devices', Component: pages.DevicesPage },
  { path: 'settings/delete', Component: pages.DeleteAccountPage },
  { path: 'groups/:groupId', Component: pages.GroupPage, children: groupTabs },
]

/** Where links from outside lead, whether or not somebody is signed in. */
const linked: RouteObject[] = [
  { path: 'join', Component: pages.JoinPage },
  { path: 'forgot', Component: pages.ForgotPage },
  { path: 'reset', Component: pages.ResetPage },
  { path: 'confirm', Component: pages.ConfirmEmailPage },
]

const routes: RouteObject[] = [
  {
    ErrorBoundary: Crash,
    HydrateFallback: () => null,
    children: [
      { path: 'login', Component: LoginPage },
      { path: 'register', Component: RegisterPage },
      moved('signup', '/register'),
      { Component: PageOutlet, children: linked },
      {
        Component: RequireSession,
        children: [{ Component: PageOutlet, children: [{ Component: Shell, children: places }] }],
      },
      { path: '*', Component: NotFound },
    ],
  },
]

export const createRouter = () => createBrowserRouter(routes)
