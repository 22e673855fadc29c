import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState, type SubmitEvent } from 'react'
import { messageAt } from '../../api/refusal'
import { useAction } from '../../api/useAction'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { FormError, TextField } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { useDialog } from '../../ui/useDialog'
import { SendFriendRequest } from './documents.generated'
import { useFriends } from './useFriends'

/** Asks somebody by mail address. Nobody learns whether there is an account with it. */
export function AddFriendDialog() {
  const { close } = useDialog()
  const notify = useNotify()
  const { refetch } = useFriends()
  const { run, busy, refusal } = useAction(SendFriendRequest)
  const [email, setEmail] = useState('')
  const placed = messageAt(refusal, 'email')

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const address = email.trim()
    if (!(await run({ email: address }))) return
    notify(t`Request sent to ${address}`)
    await refetch()
    close()
  }

  return (
    <Dialog title={t`Add a friend`} onClose={close}>
      <form onSubmit={submit} className="grid gap-5" noValidate>
        <FormError>{placed ? undefined : refusal?.message}</FormError>
        <TextField
          label={t`Email`}
          type="email"
          autoComplete="off"
          hint={t`They are asked in Quits. Without an account yet, the request waits for them.`}
          error={placed}
          value={email}
          onChange={({ target }) => {
            setEmail(target.value)
          }}
        />
        <Button type="submit" busy={busy} disabled={!email.trim()}>
          <Trans>Send request</Trans>
        </Button>
      </form>
    </Dialog>
  )
}
