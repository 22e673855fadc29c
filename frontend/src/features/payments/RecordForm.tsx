import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ArrowDown } from 'lucide-react'
import { useReducer, useState, type SubmitEvent } from 'react'
import { useIdempotencyKey } from '../../lib/key'
import { useAction } from '../../api/useAction'
import { useDialog } from '../../ui/useDialog'
import { today } from '../../lib/dates'
import { acceptGroup, type GroupContext, type People } from '../groups'
import { Button } from '../../ui/Button'
import { FormError, SelectField } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { AmountFields, type FormProps } from './AmountFields'
import { RecordPayment } from './documents.generated'
import { merge, proposed, readPayment, refusedErrors } from './form'

/** Records money that has already changed hands. */
export function RecordForm({ group, people }: GroupContext) {
  const { params, close } = useDialog()
  const { cache } = useApolloClient()
  const notify = useNotify()
  const idempotencyKey = useIdempotencyKey()
  const { run, busy, refusal } = useAction(RecordPayment)
  const [tried, setTried] = useState(false)
  const [form, change] = useReducer(merge, undefined, () =>
    proposed(params, people.viewerId, group.currency, today()),
  )
  const reading = readPayment(form)
  const refused = refusedErrors(refusal)
  const errors = tried ? { ...refused, ...reading.errors } : {}

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    setTried(true)
    if (!reading.body) return
    const data = await run({ input: { ...reading.body, groupId: group.id, idempotencyKey } })
    if (!data) return
    acceptGroup(cache, data.recordPayment.group)
    notify(t`Payment recorded`)
    close()
  }

  return (
    <form onSubmit={submit} className="grid gap-5" noValidate>
      <FormError>{Object.keys(refused).length > 0 ? undefined : refusal?.message}</FormError>
      <Between form={form} change={change} errors={errors} people={people} />
      <AmountFields form={form} change={change} errors={errors} />
      <Button type="submit" busy={busy}>
        <Trans>Record payment</Trans>
      </Button>
      <p className="text-center text-sm text-faint">
        <Trans>This moves no money: it notes what was paid outside Quits.</Trans>
      </p>
    </form>
  )
}

function Between({ form, change, errors, people }: FormProps & { people: People }) {
  // Somebody who has left can still settle, so everybody is on offer.
  const options = people.everyone.map(({ id }) => (
    <option key={id} value={id}>
      {people.label(id)}
    </option>
  ))
  return (
    <div className="grid gap-1">
      <SelectField
        label={t`Who paid`}
        error={errors.from}
        value={form.from}
        onChange={(event) => {
          change({ from: event.target.value })
        }}
      >
        {options}
      </SelectField>
      <ArrowDown size={18} className="mt-1 justify-self-center text-faint" aria-hidden="true" />
      <SelectField
        label={t`Who received it`}
        error={errors.to}
        value={form.to}
        onChange={(event) => {
          change({ to: event.target.value })
        }}
      >
        <option value="">
          <Trans>Choose</Trans>
        </option>
        {options}
      </SelectField>
    </div>
  )
}
