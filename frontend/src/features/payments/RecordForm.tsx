import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ArrowDown } from 'lucide-react'
import { useState } from 'react'
import { useIdempotencyKey } from '../../lib/key'
import { useAction } from '../../api/useAction'
import { useActionForm } from '../../api/useActionForm'
import { SendButton } from '../../api/SendButton'
import { useDialog } from '../../ui/useDialog'
import { today } from '../../lib/dates'
import { acceptGroup, type GroupContext, type People } from '../groups'
import { DialogFooter } from '../../ui/Dialog'
import { FormError, SelectField } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { AmountFields, type FormProps } from './AmountFields'
import { RecordPayment } from './documents.generated'
import { checked, PLACES, proposed, readPayment, type PaymentForm } from './form'

/** Records money that has already changed hands. */
export function RecordForm({ group, people }: GroupContext) {
  const { params, close } = useDialog()
  const { cache } = useApolloClient()
  const notify = useNotify()
  const idempotencyKey = useIdempotencyKey()
  const { run, busy, refusal } = useAction(RecordPayment)
  const [defaultValues] = useState(() => proposed(params, people.viewerId, group.currency, today()))
  const form = useActionForm({ defaultValues, resolver: checked, refusal, places: PLACES })

  async function record(typed: PaymentForm) {
    const { body } = readPayment(typed)
    if (!body) return
    const data = await run({ input: { ...body, groupId: group.id, idempotencyKey } })
    if (!data) return
    acceptGroup(cache, data.recordPayment.group)
    notify(t`Payment recorded`)
    close()
  }

  return (
    <form onSubmit={form.onSubmit(record)} className="grid gap-5" noValidate>
      <Between form={form} people={people} />
      <AmountFields form={form} owed={defaultValues.currency} />
      <DialogFooter>
        <FormError>{form.general}</FormError>
        <SendButton busy={busy}>
          <Trans>Record payment</Trans>
        </SendButton>
        <p className="text-center text-sm text-faint">
          <Trans>This moves no money: it notes what was paid outside Quits.</Trans>
        </p>
      </DialogFooter>
    </form>
  )
}

function Between({ form: { field }, people }: FormProps & { people: People }) {
  // Somebody who has left can still settle, so everybody is on offer.
  const options = people.everyone.map(({ id }) => (
    <option key={id} value={id}>
      {people.label(id)}
    </option>
  ))
  return (
    <div className="grid gap-1">
      <SelectField label={t`Who paid`} {...field('from', { deps: 'to' })}>
        {options}
      </SelectField>
      <ArrowDown size={18} className="mt-1 justify-self-center text-faint" aria-hidden="true" />
      <SelectField label={t`Who received it`} {...field('to')}>
        <option value="">
          <Trans>Choose</Trans>
        </option>
        {options}
      </SelectField>
    </div>
  )
}
