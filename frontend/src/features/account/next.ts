import { useSearchParams } from 'react-router'

/** Where to go after logging in: a path of this app and nothing else. */
export function useNext(): { next: string; query: string } {
  const [params] = useSearchParams()
  const wanted = params.get('next') ?? ''
  const next = /^\/(?![/\\])/.test(wanted) ? wanted : '/'
  return { next, query: next === '/' ? '' : `?next=${encodeURIComponent(next)}` }
}
