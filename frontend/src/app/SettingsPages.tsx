import { Navigate, useRoutes, type RouteObject } from 'react-router'
import * as account from '../features/account/settings'
import { lazyPage } from './lazyPage'

const PAGES: RouteObject[] = [
  { path: 'profile', Component: account.ProfilePage },
  { path: 'email', Component: account.EmailPage },
  { path: 'notifications', Component: account.NotificationSettingsPage },
  { path: 'password', Component: account.PasswordPage },
  { path: 'second-step', Component: account.SecondStepPage },
  { path: 'devices', Component: account.DevicesPage },
  { path: 'delete', Component: account.DeleteAccountPage },
  {
    path: 'pay-handles',
    Component: lazyPage(
      async () => (await import('../features/payments/handles/HandlesPage')).HandlesPage,
    ),
  },
  {
    path: 'blocked',
    Component: lazyPage(async () => (await import('../features/friends/BlockedPage')).BlockedPage),
  },
  { path: '*', element: <Navigate to="/settings" replace /> },
]

/** The pages below You. Their addresses are not part of what a first visit loads. */
export function SettingsPages() {
  return useRoutes(PAGES)
}
