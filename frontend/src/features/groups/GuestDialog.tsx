import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState, type SubmitEvent } from 'react'
import { useAction } from '../../api/useAction'
import { useDialog } from '../../ui/useDialog'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { AddGuest } from './documents.generated'
import { acceptGroup } from './follow'
import type { GroupContext } from './useGroup'

export function GuestDialog({ group }: GroupContext) {
  const { close } = useDialog()
  const { cache } = useApolloClient()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(AddGuest)
  const [name, setName] = useState('')

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const data = await run({ groupId: group.id, name: name.trim() })
    if (!data) return
    acceptGroup(cache, data.addGuest.group)
    const guest = name.trim()
    notify(t`${guest} is in`)
    close()
  }

  return (
    <Dialog title={t`Add a guest`} onClose={close}>
      <form onSubmit={submit} className="grid gap-5" noValidate>
        <TextField
          label={t`Name`}
          required
          autoComplete="off"
          hint={t`A guest needs no account, and can take over this name later by an invite link.`}
          error={refusal?.message}
          value={name}
          onChange={(event) => {
            setName(event.target.value)
          }}
        />
        <Button type="submit" busy={busy} disabled={!name.trim()}>
          <Trans>Add guest</Trans>
        </Button>
      </form>
    </Dialog>
  )
}
