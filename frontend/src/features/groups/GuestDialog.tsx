import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useAction } from '../../api/useAction'
import { useActionForm } from '../../api/useActionForm'
import { SendButton } from '../../api/SendButton'
import { filled } from '../../lib/filled'
import { useDialog } from '../../ui/useDialog'
import { Dialog, DialogFooter } from '../../ui/Dialog'
import { FormError, TextField } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { AddGuest } from './documents.generated'
import { acceptGroup } from './follow'
import type { GroupContext } from './useGroup'

export function GuestDialog({ group }: GroupContext) {
  const { close } = useDialog()
  const { cache } = useApolloClient()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(AddGuest)
  const { field, onSubmit, general } = useActionForm({ defaultValues: { name: '' }, refusal })

  async function add({ name }: { name: string }) {
    const guest = name.trim()
    const data = await run({ groupId: group.id, name: guest })
    if (!data) return
    acceptGroup(cache, data.addGuest.group)
    notify(t`${guest} is in`)
    close()
  }

  return (
    <Dialog title={t`Add a guest`} onClose={close}>
      <form onSubmit={onSubmit(add)} className="grid gap-5" noValidate>
        <TextField
          label={t`Name`}
          autoComplete="off"
          hint={t`A guest needs no account, and can take over this name later by an invite link.`}
          {...field('name', { validate: filled })}
        />
        <DialogFooter>
          <FormError>{general}</FormError>
          <SendButton busy={busy}>
            <Trans>Add guest</Trans>
          </SendButton>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
