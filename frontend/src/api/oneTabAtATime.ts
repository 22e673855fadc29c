/** Does the work of this name in one tab at a time. */
export function oneTabAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
  // Pages over plain HTTP (a phone in the same network) have no locks.
  const locks = navigator.locks as LockManager | undefined
  return locks ? locks.request(name, work) : work()
}
