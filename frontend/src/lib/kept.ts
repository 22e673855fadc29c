/** Small things kept on this device for the person who is signed in, and gone when they sign out. */

const PREFIX = 'quits.kept.'

/** What was kept under a name; undefined if that is nothing, or cannot be read. */
export function readKept(name: string): unknown {
  const text = localStorage.getItem(PREFIX + name)
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function keep(name: string, value: unknown): void {
  localStorage.setItem(PREFIX + name, JSON.stringify(value))
}

export function forget(name: string): void {
  localStorage.removeItem(PREFIX + name)
}

export function forgetAll(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  }
}
