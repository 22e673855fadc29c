import { useSyncExternalStore } from 'react'
import { useMedia } from './useMedia'

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'quits.theme'
const listeners = new Set<() => void>()

function current(): Theme {
  const stored = localStorage.getItem(KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

function choose(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem(KEY)
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem(KEY, theme)
    document.documentElement.dataset.theme = theme
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The chosen theme; `system` follows the device. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, current), choose]
}

/** Whether what is shown is light on dark: as chosen, else as on the device. */
export function useIsDark(): boolean {
  const [theme] = useTheme()
  const deviceIsDark = useMedia('(prefers-color-scheme: dark)')
  return theme === 'system' ? deviceIsDark : theme === 'dark'
}
