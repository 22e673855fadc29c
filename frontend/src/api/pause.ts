const FIRST_PAUSE_MS = 400
const LONGEST_PAUSE_MS = 20_000

/** Waits before the next try: longer each time, with jitter, and not at all once back online. */
export function pause(attempt: number): Promise<void> {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS)
  const wait = longest / 2 + (Math.random() * longest) / 2
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, wait)
    window.addEventListener('online', done)
  })
}
