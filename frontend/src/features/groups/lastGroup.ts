const KEY = 'quits.group'

/** The group that was looked at last in this browser. */
export function lastGroup(): string | undefined {
  return localStorage.getItem(KEY) ?? undefined
}

export function rememberGroup(id: string): void {
  localStorage.setItem(KEY, id)
}
