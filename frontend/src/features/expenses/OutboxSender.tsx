import { useApolloClient } from '@apollo/client/react'
import { plural } from '@lingui/core/macro'
import { useEffect, useRef } from 'react'
import { useOnline } from '../../api/connection'
import { oneTabAtATime } from '../../api/oneTabAtATime'
import { useSession } from '../../api/services'
import { pause } from '../../api/pause'
import { useNotify } from '../../ui/Notices'
import { useDialog } from '../../ui/useDialog'
import { outbox, type Waiting } from './outbox'
import { sendWaiting } from './sendWaiting'
import { useWaiting } from './useWaiting'

const LOCK = 'quits.outbox'

/** Sends what waits as soon as there is a network, and again after a pause while that fails. */
export function OutboxSender() {
  const client = useApolloClient()
  const session = useSession()
  const notify = useNotify()
  const online = useOnline()
  const edited = useDialog().params.get('waiting')
  const isReady = ({ input, refusal }: Waiting) => !refusal && input.idempotencyKey !== edited
  const ready = useWaiting().filter(isReady).length
  const sending = useRef(false)
  const editedNow = useRef(edited)

  useEffect(() => {
    editedNow.current = edited
  }, [edited])

  useEffect(() => {
    if (!online || ready === 0 || sending.current) return
    sending.current = true
    void oneTabAtATime(LOCK, async () => {
      let saved = 0
      for (let attempt = 0; navigator.onLine; attempt++) {
        const userId = session.userId()
        if (!userId) break
        const sent = await sendWaiting(
          client,
          outbox,
          userId,
          ({ input }) => input.idempotencyKey === editedNow.current,
        )
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
