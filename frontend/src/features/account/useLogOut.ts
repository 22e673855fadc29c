import { useApolloClient } from '@apollo/client/react'
import { ANONYMOUS } from '../../api/apollo'
import { useServices } from '../../api/services'
import { Logout } from './documents.generated'

/** Ends the session here at once; the server forgets it as soon as it can be told. */
export function useLogOut(): () => void {
  const client = useApolloClient()
  const { session } = useServices()
  return () => {
    const refreshToken = session.end()
    if (!refreshToken) return
    const variables = { refreshToken }
    client.mutate({ mutation: Logout, variables, context: ANONYMOUS }).catch(() => undefined)
  }
}
