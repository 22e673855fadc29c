import { useEffect, useState } from 'react'
import { sendPlain } from '../../api/plain'
import type { Sent } from '../../api/send'
import { InvitePreview, type InvitePreviewQuery } from './plain.generated'

/** What an invite link tells to whoever has it, once the answer is there. */
export function useInvitePreview(token: string) {
  const [sent, setSent] = useState<Sent<InvitePreviewQuery>>()
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let current = true
    void sendPlain(InvitePreview, { token }).then((answer) => {
      if (current) setSent(answer)
    })
    return () => {
      current = false
    }
  }, [token, attempt])

  return {
    loading: !sent,
    invite: sent?.data?.invite,
    refusal: sent?.refusal,
    retry: () => {
      setAttempt(attempt + 1)
    },
  }
}
