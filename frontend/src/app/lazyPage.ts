import { createElement, use, type ComponentType } from 'react'

type Load = () => Promise<ComponentType>

/** The code of a page could not be had: offline, or replaced by a newer version of the app. */
export class PageNotLoaded extends Error {}

/** A page whose code arrives when it is first shown, or before, with `preload`. */
export interface LazyPage {
  (): ReturnType<typeof createElement>
  preload: () => Promise<unknown>
}

const PAUSES_MS = [300, 1_200]
const failed = new Set<() => void>()

/** Makes a component of a dynamic import, which is tried again before it fails. */
export function lazyPage(load: Load): LazyPage {
  let loading: Promise<ComponentType> | undefined

  const get = () => {
    loading ??= loadPatiently(load).catch((cause: unknown) => {
      failed.add(() => {
        loading = undefined
      })
      throw new PageNotLoaded('the code of this page did not arrive', { cause })
    })
    return loading
  }
  const Page = () => createElement(use(get()))
  return Object.assign(Page, { preload: () => get().catch(() => undefined) })
}

/** Lets every page that could not be loaded be asked for anew. */
export function forgetFailures(): void {
  for (const forget of failed) forget()
  failed.clear()
}

async function loadPatiently(load: Load): Promise<ComponentType> {
  for (const pause of PAUSES_MS) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return load()
}

/** Fetches the code of pages as soon as the browser has nothing else to do. */
export function preloadWhenIdle(pages: readonly LazyPage[]): () => void {
  const preload = () => {
    for (const page of pages) void page.preload()
  }
  if ('requestIdleCallback' in window) {
    const handle = requestIdleCallback(preload)
    return () => {
      cancelIdleCallback(handle)
    }
  }
  // Safari has no idle callbacks.
  const timer = setTimeout(preload, 1_000)
  return () => {
    clearTimeout(timer)
  }
}
