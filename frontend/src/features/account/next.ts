import { useLocation } from 'react-router'

/** Leads back to a path. In the fragment, which no server sees: the path can hold the secret of an invite link. */
export function backTo(path: string): string {
  return path === '/' ? '' : `#${new URLSearchParams({ next: path }).toString()}`
}

/** Where to go after logging in: a path of this app and nothing else. */
export function useNext(): { next: string; fragment: string } {
  const { hash } = useLocation()
  const wanted = new URLSearchParams(hash.slice(1)).get('next') ?? ''
  const next = /^\/(?![/\\])/.test(wanted) ? wanted : '/'
  return { next, fragment: backTo(next) }
}
