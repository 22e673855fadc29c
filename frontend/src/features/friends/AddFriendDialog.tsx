import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useAction } from '../../api/useAction'
import { useActionForm } from '../../api/useActionForm'
import { filled } from '../../lib/filled'
import { Button } from '../../ui/Button'
import { Dialog, DialogFooter } from '../../ui/Dialog'
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
  const { field, onSubmit, general } = useActionForm({ defaultValues: { email: '' }, refusal })

  async function ask({ email }: { email: string }) {
    const address = email.trim()
    if (!(await run({ email: address }))) return
    notify(t`Request sent to ${address}`)
    await refetch()
    close()
  }

  return (
    <Dialog title={t`Add a friend`} onClose={close}>
      <form onSubmit={onSubmit(ask)} className="grid gap-5" noValidate>
        <TextField
          label={t`Email`}
          type="email"
          autoComplete="off"
          hint={t`They are asked in Quits. Without an account yet, the request waits for them.`}
          {...field('email', { validate: filled })}
        />
        <DialogFooter>
          <FormError>{general}</FormError>
          <Button type="submit" busy={busy}>
            <Trans>Send request</Trans>
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
