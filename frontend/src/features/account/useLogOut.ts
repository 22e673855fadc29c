import { sendPlain } from '../../api/plain'
import { useSession } from '../../api/services'
import { Logout } from './plain.generated'

/** Ends the session here at once; the server forgets it as soon as it can be told. */
export function useLogOut(): () => void {
  const session = useSession()
  return () => {
    const refreshToken = session.end()
    // Whoever logs in here next gets no notifications of this person.
    void import('../../lib/push').then(({ endPush }) => endPush())
    if (refreshToken) void sendPlain(Logout, { refreshToken })
  }
}
