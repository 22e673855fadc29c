import { createContext, use, useSyncExternalStore } from 'react'
import type { SessionStore } from './session'
import type { LiveSocket, LiveState } from './socket'

/** What the whole app shares beside the Apollo client. */
export interface Services {
  session: SessionStore
  socket: LiveSocket
}

export const ServicesContext = createContext<Services | undefined>(undefined)

export function useServices(): Services {
  const services = use(ServicesContext)
  if (!services) throw new Error('no services around this component')
  return services
}

/** Whether pushes arrive at the moment. */
export function useLiveState(): LiveState {
  const { socket } = useServices()
  return useSyncExternalStore(socket.subscribe, socket.getState)
}

/** True while somebody is logged in, in this tab or any other. */
export function useSignedIn(): boolean {
  const { session } = useServices()
  return useSyncExternalStore(session.subscribe, session.active)
}
