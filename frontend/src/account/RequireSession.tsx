import { useSyncExternalStore } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { useServices } from '../app/services'

/** True while somebody is logged in, in this tab or any other. */
export function useSignedIn(): boolean {
  const { session } = useServices()
  return useSyncExternalStore(session.subscribe, session.active)
}

/** Sends strangers to the log-in page, and back here afterwards. */
export function RequireSession() {
  const signedIn = useSignedIn()
  const { pathname, search } = useLocation()

  if (signedIn) return <Outlet />
  const here = pathname + search
  const next = here === '/' ? '' : `?next=${encodeURIComponent(here)}`
  return <Navigate to={`/login${next}`} replace />
}
