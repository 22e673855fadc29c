import { createContext, use, useSyncExternalStore } from 'react'
import type { SessionStore } from './session'
import type { LiveSocket, LiveState } from './socket'

export const SessionContext = createContext<SessionStore | undefined>(undefined)

/** Only around the signed-in app. */
export const SocketContext = createContext<LiveSocket | undefined>(undefined)

export function useSession(): SessionStore {
  const session = use(SessionContext)
  if (!session) throw new Error('no session around this component')
  return session
}

/** True while somebody is logged in, in this tab or any other. */
export function useSignedIn(): boolean {
  const session = useSession()
  return useSyncExternalStore(session.subscribe, session.active)
}

/** Whether pushes arrive at the moment. */
export function useLiveState(): LiveState {
  const socket = use(SocketContext)
  if (!socket) throw new Error('no socket around this component')
  return useSyncExternalStore(socket.subscribe, socket.getState)
}
