import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLiveState } from './services'

/** `interrupted`: the network is there, but pushes do not arrive. */
export type Connection = 'online' | 'offline' | 'interrupted'

// A socket that is back within this time was not worth a word.
const PATIENCE_MS = 3_000

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

const isOnline = () => navigator.onLine

/** Whether the browser has a network at all. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, isOnline)
}

/** Whether requests and pushes arrive at the moment. */
export function useConnection(): Connection {
  const online = useOnline()
  const lost = useLiveState() === 'lost'
  const [lasting, setLasting] = useState(false)

  useEffect(() => {
    if (!lost) return undefined
    const timer = setTimeout(() => {
      setLasting(true)
    }, PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setLasting(false)
    }
  }, [lost])

  if (!online) return 'offline'
  return lost && lasting ? 'interrupted' : 'online'
}
