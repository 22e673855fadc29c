import { useEffect, useRef, type ReactNode } from 'react'
import { Button } from './Button'

interface LoadMoreProps {
  children: ReactNode
  /** Where the list ends so far. */
  after?: string | null | undefined
  busy?: boolean
  onLoad: () => void
}

// The next page is asked for this far ahead, so that scrolling rarely has to wait.
const AHEAD = '600px'

/** The end of a list that has more: loads it when scrolled near, or when pressed. */
export function LoadMore({ children, after, busy = false, onLoad }: LoadMoreProps) {
  const end = useRef<HTMLDivElement>(null)
  const load = useRef(onLoad)
  useEffect(() => {
    load.current = onLoad
  })

  // Each end is requested automatically once, so that a failing server is not flooded; the button tries again.
  const place = after ?? busy
  useEffect(() => {
    const node = end.current
    if (!node || place === true || !('IntersectionObserver' in window)) return undefined
    const observer = new IntersectionObserver(
      // A busy browser tells several moves at once, the latest one last.
      (moves) => {
        if (!moves.at(-1)?.isIntersecting) return
        if (after) observer.disconnect()
        load.current()
      },
      { rootMargin: AHEAD },
    )
    observer.observe(node)
    return () => {
      observer.disconnect()
    }
  }, [after, place])

  return (
    <div ref={end}>
      <Button look="quiet" className="mt-2 w-full" busy={busy} onClick={onLoad}>
        {children}
      </Button>
    </div>
  )
}
