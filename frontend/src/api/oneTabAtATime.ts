/** Does the work of this name in one tab at a time. The work is told whether it had to wait for that of another tab. */
export async function oneTabAtATime<T>(
  name: string,
  work: (waited: boolean) => Promise<T>,
): Promise<T> {
  // Pages over plain HTTP (a phone in the same network) have no locks.
  const locks = navigator.locks as LockManager | undefined
  if (!locks) return work(false)
  const first = await locks.request(name, { ifAvailable: true }, async (lock) =>
    lock ? { result: await work(false) } : undefined,
  )
  return first ? first.result : locks.request(name, () => work(true))
}
