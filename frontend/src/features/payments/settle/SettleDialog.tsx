import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { SendButton } from '../../../api/SendButton'
import { useAction } from '../../../api/useAction'
import { useIdempotencyKey } from '../../../lib/key'
import { Amount } from '../../../ui/Amount'
import { Dialog } from '../../../ui/Dialog'
import { FormError, SelectField } from '../../../ui/Field'
import { acceptGroup } from '../../groups'
import { METHODS, RECORDABLE } from '../methods'
import { SettleBetween } from './documents.generated'
import type { OpenTransfer } from './SettleAll'

interface SettleDialogProps {
  userId: string
  name: string
  transfers: readonly OpenTransfer[]
  onClose: () => void
  /** Gets the number of payments that were recorded. */
  onSettled: (count: number) => void
}

function expectedOf({ groupId, toViewer, amount: { amount, currency } }: OpenTransfer) {
  return { groupId, toCaller: toViewer, amount: { amount, currency } }
}

/** Shows the payment of each group, and records all of them or none. */
export function SettleDialog({ userId, name, transfers, onClose, onSettled }: SettleDialogProps) {
  const { cache } = useApolloClient()
  const idempotencyKey = useIdempotencyKey()
  const { run, busy, refusal } = useAction(SettleBetween)
  const count = transfers.length
  const [method, setMethod] = useState<(typeof RECORDABLE)[number]>('CASH')

  async function settle() {
    // What is open may have changed since it was shown.
    const expected = transfers.map(expectedOf)
    const data = await run({ userId, method, expected, idempotencyKey })
    if (!data) return
    for (const { group } of data.settleBetween) acceptGroup(cache, group)
    onSettled(data.settleBetween.length)
  }

  return (
    <Dialog title={t`Settle all with ${name}`} onClose={onClose}>
      <div className="grid gap-5">
        <ul aria-label={t`Payments`} className="divide-y divide-line rounded-xl bg-tile px-4">
          {transfers.map(({ groupId, title, toViewer, amount }) => (
            <li
              key={`${groupId} ${amount.currency}`}
              className="flex min-h-14 items-center gap-3 py-2"
            >
              <span className="min-w-0 grow">
                <span className="line-clamp-2 wrap-anywhere font-semibold">{title}</span>
                <span className="line-clamp-2 wrap-anywhere text-sm text-muted">
                  {toViewer ? t`${name} pays you` : t`You pay ${name}`}
                </span>
              </span>
              <Amount money={amount} className="font-semibold" />
            </li>
          ))}
        </ul>
        <SelectField
          label={t`How`}
          value={method}
          onChange={({ target }) => {
            setMethod(target.value as typeof method)
          }}
        >
          {RECORDABLE.map((each) => (
            <option key={each} value={each}>
              {t(METHODS[each])}
            </option>
          ))}
        </SelectField>
        <FormError>{refusal?.message}</FormError>
        <SendButton type="button" busy={busy} onClick={() => void settle()}>
          <Plural value={count} one="Record one payment" other="Record # payments" />
        </SendButton>
        <p className="text-center text-sm text-faint">
          <Trans>
            All of them are recorded, or none. This moves no money: it notes what was paid.
          </Trans>
        </p>
      </div>
    </Dialog>
  )
}
