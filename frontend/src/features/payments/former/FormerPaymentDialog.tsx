import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useAction } from '../../../api/useAction'
import { today } from '../../../lib/dates'
import { useIdempotencyKey } from '../../../lib/key'
import { Amount } from '../../../ui/Amount'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { FormError, SelectField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { methodOf } from '../handles/kinds'
import { METHODS, RECORDABLE } from '../methods'
import { PayOption } from '../pay/PayOption'
import { WayChoice } from '../pay/WayChoice'
import { RecordFormerPayment } from './documents.generated'
import type { FormerTransfer } from './transfers'

type Method = (typeof RECORDABLE)[number]

interface FormerPaymentDialogProps {
  transfer: FormerTransfer
  onClose: () => void
  onRecorded: () => void
}

/** Settles what is still open in a group that the viewer has left. */
export function FormerPaymentDialog({ transfer, onClose, onRecorded }: FormerPaymentDialogProps) {
  const { groupId, from, to, name, toViewer, amount, options } = transfer
  const notify = useNotify()
  const idempotencyKey = useIdempotencyKey()
  const { run, busy, refusal } = useAction(RecordFormerPayment)
  const [chosen, setChosen] = useState(0)
  const [other, setOther] = useState<Method>()
  const option = options[chosen]
  const method = other ?? (option ? methodOf(option) : 'CASH')

  async function record() {
    const parties = { groupId, fromMemberId: from, toMemberId: to }
    const sent = { amount, method, date: today(), note: null }
    if (!(await run({ input: { ...parties, ...sent, idempotencyKey } }))) return
    notify(t`Payment recorded`)
    onRecorded()
  }

  return (
    <Dialog title={toViewer ? t`${name} pays you` : t`You pay ${name}`} onClose={onClose}>
      <div className="grid gap-5">
        <p className="text-center font-display text-3xl font-semibold">
          <Amount money={amount} />
        </p>
        {options.length > 1 && <WayChoice options={options} chosen={chosen} onChoose={setChosen} />}
        {option && <PayOption option={option} amount={amount} />}
        <SelectField
          label={t`How`}
          value={method}
          onChange={({ target }) => {
            setOther(target.value as Method)
          }}
        >
          {RECORDABLE.map((each) => (
            <option key={each} value={each}>
              {t(METHODS[each])}
            </option>
          ))}
        </SelectField>
        <FormError>{refusal?.message}</FormError>
        <Button busy={busy} onClick={() => void record()}>
          <Trans>Record payment</Trans>
        </Button>
        <p className="text-center text-sm text-faint">
          <Trans>This moves no money: it notes what was paid outside Quits.</Trans>
        </p>
      </div>
    </Dialog>
  )
}
