import { useApolloClient, useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useWatch } from 'react-hook-form'
import { useNavigate } from 'react-router'
import { unmask } from '../../api/fragments'
import { Me, type ProfileFragment } from '../account'
import { useAction } from '../../api/useAction'
import { useActionForm } from '../../api/useActionForm'
import { filled } from '../../lib/filled'
import { useDialog } from '../../ui/useDialog'
import type { GroupKind } from '../../api/schema.generated'
import { SendButton } from '../../api/SendButton'
import { CreateGroup } from './documents.generated'
import { Groups } from './list.generated'
import { CurrencyField } from '../../ui/CurrencyField'
import { Dialog, DialogFooter } from '../../ui/Dialog'
import { FormError, TextField } from '../../ui/Field'
import { SkeletonRows } from '../../ui/states'
import { GuestsField } from './GuestsField'
import { KindField } from './KindField'

export function CreateGroupDialog() {
  const { close } = useDialog()
  const { data: account, error } = useQuery(Me)
  return (
    <Dialog title={t`New group`} onClose={close}>
      {account || error ? (
        <CreateForm currency={unmask<ProfileFragment>(account?.me)?.defaultCurrency ?? 'EUR'} />
      ) : (
        <SkeletonRows rows={3} label={t`Loading your profile`} />
      )}
    </Dialog>
  )
}

interface Typed {
  name: string
  kind: GroupKind
  currency: string
  guests: string[]
}

/** A group begins in the currency of whoever creates it. */
function CreateForm({ currency }: { currency: string }) {
  const navigate = useNavigate()
  const client = useApolloClient()
  const { run, busy, refusal } = useAction(CreateGroup)
  const { field, onSubmit, general, control, setValue } = useActionForm<Typed>({
    defaultValues: { name: '', kind: 'TRIP', currency, guests: [] },
    refusal,
  })
  const guests = useWatch({ control, name: 'guests' })

  async function create({ name, ...typed }: Typed) {
    const data = await run({ input: { ...typed, name: name.trim() } })
    if (!data) return
    await client.refetchQueries({ include: [Groups] })
    await navigate(`/groups/${data.createGroup.id}`, { replace: true })
  }

  return (
    <form onSubmit={onSubmit(create)} className="grid gap-5" noValidate>
      <TextField
        label={t`Name`}
        autoComplete="off"
        autoFocus
        placeholder={t`Lisbon long weekend`}
        {...field('name', { validate: filled })}
      />
      <KindField {...field('kind')} />
      <CurrencyField
        label={t`Currency`}
        hint={t`Single expenses may be in any other.`}
        {...field('currency')}
      />
      <GuestsField
        guests={guests}
        onChange={(guests) => {
          setValue('guests', guests)
        }}
      />
      <DialogFooter>
        <FormError>{general}</FormError>
        <SendButton busy={busy}>
          <Trans>Create group</Trans>
        </SendButton>
      </DialogFooter>
    </form>
  )
}
