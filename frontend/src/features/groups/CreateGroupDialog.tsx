import { useApolloClient, useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState, type SubmitEvent } from 'react'
import { useNavigate } from 'react-router'
import { Me } from '../account'
import { messageAt } from '../../api/refusal'
import { useAction } from '../../api/useAction'
import { useDialog } from '../../ui/useDialog'
import type { GroupKind } from '../../api/schema.generated'
import { CreateGroup } from './documents.generated'
import { Groups } from './list.generated'
import { Button } from '../../ui/Button'
import { CurrencyField } from '../../ui/CurrencyField'
import { Dialog } from '../../ui/Dialog'
import { FormError, TextField } from '../../ui/Field'
import { GuestsField } from './GuestsField'
import { KindField } from './KindField'

export function CreateGroupDialog() {
  const { close } = useDialog()
  const navigate = useNavigate()
  const client = useApolloClient()
  const { data: account } = useQuery(Me)
  const { run, busy, refusal } = useAction(CreateGroup)
  const [name, setName] = useState('')
  const [kind, setKind] = useState<GroupKind>('TRIP')
  const [chosen, setCurrency] = useState<string>()
  const [guests, setGuests] = useState<string[]>([])
  const currency = chosen ?? account?.me.defaultCurrency ?? 'EUR'

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const data = await run({ input: { name: name.trim(), kind, currency, guests } })
    if (!data) return
    await client.refetchQueries({ include: [Groups] })
    await navigate(`/groups/${data.createGroup.id}`, { replace: true })
  }

  return (
    <Dialog title={t`New group`} onClose={close}>
      <form onSubmit={submit} className="grid gap-5" noValidate>
        <FormError>
          {messageAt(refusal, 'name', 'currency') ? undefined : refusal?.message}
        </FormError>
        <TextField
          label={t`Name`}
          required
          autoComplete="off"
          placeholder={t`Lisbon long weekend`}
          error={messageAt(refusal, 'name')}
          value={name}
          onChange={(event) => {
            setName(event.target.value)
          }}
        />
        <KindField value={kind} onChange={setKind} />
        <CurrencyField
          label={t`Currency`}
          hint={t`Single expenses may be in any other.`}
          error={messageAt(refusal, 'currency')}
          value={currency}
          onChange={setCurrency}
        />
        <GuestsField guests={guests} onChange={setGuests} />
        <Button type="submit" busy={busy} disabled={!name.trim()}>
          <Trans>Create group</Trans>
        </Button>
      </form>
    </Dialog>
  )
}
