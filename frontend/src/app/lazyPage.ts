import { createElement, use, type ComponentType } from 'react'
import { loadTexts, type TextPart } from '../lib/i18n'

type Load<Props> = () => Promise<ComponentType<Props>>

/** The code of a page could not be had: offline, or replaced by a newer version of the app. */
export class PageNotLoaded extends Error {}

/** A page or dialog whose code arrives when it is first shown, or before, with `preload`. */
export interface LazyPage<Props = object> {
  (props: Props): ReturnType<typeof createElement>
  preload: () => Promise<unknown>
}

const PAUSES_MS = [300, 1_200]
const failed = new Set<() => void>()

/**
 * Makes a component of a dynamic import, which is tried again before it fails, together with the
 * texts up to the part that it needs.
 */
export function lazyPage<Props extends object>(
  load: Load<Props>,
  texts: TextPart = 'rest',
): LazyPage<Props> {
  let loading: Promise<ComponentType<Props>> | undefined

  const get = () => {
    loading ??= loadPatiently(load, texts).catch((cause: unknown) => {
      failed.add(() => {
        loading = undefined
      })
      throw new PageNotLoaded('the code of this page did not arrive', { cause })
    })
    return loading
  }
  const Page = (props: Props) => createElement(use(get()), props)
  return Object.assign(Page, { preload: () => get().catch(() => undefined) })
}

/** Lets every page that could not be loaded be asked for anew. */
export function forgetFailures(): void {
  for (const forget of failed) forget()
  failed.clear()
}

/**
 * Gives another chance to what did not arrive, or broke. A browser may keep a failed import for the life of the page, as
 * Chromium does: the app is loaded anew as soon as its server answers. Before that, it would only lose what is on the
 * screen.
 */
export async function tryAgain(inPlace: () => void): Promise<void> {
  const answers = await fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  if (answers) window.location.reload()
  else inPlace()
}

async function loadPatiently<Props>(
  loadCode: Load<Props>,
  texts: TextPart,
): Promise<ComponentType<Props>> {
  const load = async () => {
    const [component] = await Promise.all([loadCode(), loadTexts(texts)])
    return component
  }
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
export function preloadWhenIdle(pages: readonly Pick<LazyPage, 'preload'>[]): () => void {
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
