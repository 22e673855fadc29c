import { vi } from 'vitest'

/** Behaves as if the end of every list were in sight: the test's document has no layout. */
export function atTheEnd() {
  class Observer {
    private report: IntersectionObserverCallback
    constructor(report: IntersectionObserverCallback) {
      this.report = report
    }
    observe(target: Element) {
      const seen = { isIntersecting: true, target } as IntersectionObserverEntry
      queueMicrotask(() => {
        this.report([seen], this as unknown as IntersectionObserver)
      })
    }
    disconnect() {
      this.report = () => undefined
    }
  }
  vi.stubGlobal('IntersectionObserver', Observer)
}
