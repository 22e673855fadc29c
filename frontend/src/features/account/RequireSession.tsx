import { Navigate, Outlet, useLocation } from 'react-router'
import { useSignedIn } from '../../api/services'
import { backTo } from './next'

/** Sends strangers to the log-in page, and back here afterwards. */
export function RequireSession() {
  const signedIn = useSignedIn()
  const { pathname, search, hash } = useLocation()

  if (signedIn) return <Outlet />
  return <Navigate to={`/login${backTo(pathname + search + hash)}`} replace />
}
