import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { describeBalances } from './OwnBalance'
import { ownBalances } from './people'
import type { GroupContext } from './useGroup'

/** Tells a screen reader when the viewer's balance moved; the glow tells everybody else. */
export function BalanceAnnouncer({ group, people }: GroupContext) {
  const own = ownBalances(group.balances, people.viewerId)
  const sentence = own && describeBalances(own)
  const [last, setLast] = useState(sentence)
  const [message, setMessage] = useState('')
  if (sentence !== null && sentence !== last) {
    setLast(sentence)
    // Learning the balance for the first time is no change.
    if (last !== null) setMessage(t`Balance changed: ${sentence}.`)
  }
  return (
    <p aria-live="polite" className="sr-only" data-testid="announcer">
      {message}
    </p>
  )
}
