import { useEffect, useLayoutEffect, useRef } from 'react'
import { NavigationType, useLocation, useNavigationType } from 'react-router'

/** Where each entry of this tab's history was left. */
const positions = new Map<string, number>()

/** A new page starts at its top; going back leads to where the page was left. */
export function useScrollPosition(): void {
  const { key, pathname } = useLocation()
  const isBack = useNavigationType() === NavigationType.Pop
  const shown = useRef(pathname)

  useEffect(() => {
    // The browser restores before the page is there; after a reload it is.
    history.scrollRestoration = 'manual'
    const leave = () => {
      history.scrollRestoration = 'auto'
    }
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])

  useLayoutEffect(() => {
    const position = isBack ? positions.get(key) : undefined
    if (position !== undefined) window.scrollTo(0, position)
    // What opens over a page leaves it where it is.
    else if (shown.current !== pathname) window.scrollTo(0, 0)
    shown.current = pathname
    const remember = () => {
      positions.set(key, window.scrollY)
    }
    window.addEventListener('scroll', remember, { passive: true })
    return () => {
      window.removeEventListener('scroll', remember)
    }
  }, [key, pathname, isBack])
}
