import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { SendButton } from '../../../api/SendButton'
import { useAction } from '../../../api/useAction'
import { today } from '../../../lib/dates'
import { useIdempotencyKey } from '../../../lib/key'
import { Amount } from '../../../ui/Amount'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { acceptGroup } from '../../groups'
import { RecordPayment } from '../documents.generated'
import { methodOf } from '../handles/kinds'
import { PayOption } from './PayOption'
import type { Payable } from './usePayable'
import { WayChoice } from './WayChoice'

interface PayFormProps {
  payable: Payable
  groupId: string
  receiver: string
  onPaid: () => void
  /** The viewer wants to record something else instead. */
  onOther: () => void
}

/** Shows how a transfer can be paid outside of Quits, and records it once the viewer says that it was. */
export function PayForm({ payable, groupId, receiver, onPaid, onOther }: PayFormProps) {
  const { from, to, amount, options } = payable
  const { cache } = useApolloClient()
  const notify = useNotify()
  const idempotencyKey = useIdempotencyKey()
  const { run, busy, refusal } = useAction(RecordPayment)
  const [chosen, setChosen] = useState(0)
  const option = options[chosen] ?? options[0]
  if (!option) return null
  const method = methodOf(option)

  async function record() {
    const parties = { groupId, fromMemberId: from.id, toMemberId: to.id }
    const { amount: figure, currency } = amount
    const sent = { amount: { amount: figure, currency }, method, date: today() }
    const data = await run({ input: { ...parties, ...sent, note: null, idempotencyKey } })
    if (!data) return
    acceptGroup(cache, data.recordPayment.group)
    notify(t`Recorded. ${receiver} is asked to confirm it.`)
    onPaid()
  }

  return (
    <div className="grid gap-5">
      <p className="text-center font-display text-3xl font-semibold">
        <Amount money={amount} />
      </p>
      {options.length > 1 && <WayChoice options={options} chosen={chosen} onChoose={setChosen} />}
      <PayOption option={option} amount={amount} />
      <FormError>{refusal?.message}</FormError>
      <div className="grid gap-2">
        <SendButton
          type="button"
          busy={busy}
          icon={<Check size={18} aria-hidden="true" />}
          onClick={() => void record()}
        >
          <Trans>I have paid</Trans>
        </SendButton>
        <Button look="quiet" onClick={onOther}>
          <Trans>Another amount or way</Trans>
        </Button>
      </div>
      <p className="text-center text-sm text-faint">
        <Trans>Quits moves no money: it notes that you have paid.</Trans>
      </p>
    </div>
  )
}
