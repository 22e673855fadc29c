import { useEffect, useState, type RefObject } from 'react'

/** Whether an element has been scrolled out at the top, under a bar of that height. */
export function useOutOfSight(element: RefObject<Element | null>, barPx = 56): boolean {
  const [out, setOut] = useState(false)
  useEffect(() => {
    const node = element.current
    if (!node || !('IntersectionObserver' in window)) return undefined
    const observer = new IntersectionObserver(
      ([entry]) => {
        setOut(Boolean(entry && !entry.isIntersecting))
      },
      { rootMargin: `-${barPx}px 0px 0px` },
    )
    observer.observe(node)
    return () => {
      observer.disconnect()
    }
  }, [element, barPx])
  return out
}
