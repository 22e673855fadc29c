import { useSyncExternalStore } from 'react'

/** From here on the rail and the panel at the right are shown; Tailwind's `lg`. */
export const WIDE = '(min-width: 64rem)'

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => {
        list.removeEventListener('change', listener)
      }
    },
    () => window.matchMedia(query).matches,
  )
}
