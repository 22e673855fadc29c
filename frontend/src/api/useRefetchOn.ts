import { useEffect, useRef } from 'react'

/** Refetches when the version changes, but not for the first one: that is what was just loaded. */
export function useRefetchOn(version: number | null | undefined, refetch: () => unknown): void {
  const known = useRef(version)
  useEffect(() => {
    if (version === known.current) return
    known.current = version
    void refetch()
  }, [version, refetch])
}
