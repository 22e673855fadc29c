import { useLocation } from 'react-router'

/** The secret of a mailed link: in the fragment, which no server sees. */
export function useLinkToken(): string {
  return new URLSearchParams(useLocation().hash.slice(1)).get('token') ?? ''
}
