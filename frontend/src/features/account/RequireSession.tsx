import { Navigate, Outlet, useLocation } from 'react-router'
import { useSignedIn } from '../../api/services'

/** Sends strangers to the log-in page, and back here afterwards. */
export function RequireSession() {
  const signedIn = useSignedIn()
  const { pathname, search } = useLocation()

  if (signedIn) return <Outlet />
  const here = pathname + search
  const next = here === '/' ? '' : `?next=${encodeURIComponent(here)}`
  return <Navigate to={`/login${next}`} replace />
}
