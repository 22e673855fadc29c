import { useApolloClient } from '@apollo/client/react'
import { plural } from '@lingui/core/macro'
import { useEffect, useRef } from 'react'
import { useOnline } from '../../api/connection'
import { oneTabAtATime } from '../../api/oneTabAtATime'
import { useSession } from '../../api/services'
import { pause } from '../../api/pause'
import { useNotify } from '../../ui/Notices'
import { outbox } from './outbox'
import { sendWaiting } from './sendWaiting'
import { useWaiting } from './useWaiting'

const LOCK = 'quits.outbox'

/** Sends what waits as soon as there is a network, and again after a pause while that fails. */
export function OutboxSender() {
  const client = useApolloClient()
  const session = useSession()
  const notify = useNotify()
  const online = useOnline()
  const ready = useWaiting().filter(({ refusal }) => !refusal).length
  const sending = useRef(false)

  useEffect(() => {
    if (!online || ready === 0 || sending.current) return
    sending.current = true
    void oneTabAtATime(LOCK, async () => {
      let saved = 0
      for (let attempt = 0; navigator.onLine; attempt++) {
        const userId = session.userId()
        if (!userId) break
        const sent = await sendWaiting(client, outbox, userId)
        saved += sent.saved
        if (sent.done) break
        await pause(attempt)
      }
      if (saved > 0) {
        notify(plural(saved, { one: '# expense sent', other: '# expenses sent' }))
      }
    }).finally(() => {
      sending.current = false
    })
  }, [online, ready, client, session, notify])

  return null
}
