import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useSession } from '../../../api/services'
import { useAction } from '../../../api/useAction'
import { useActionForm } from '../../../api/useActionForm'
import { filled } from '../../../lib/filled'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { DataExport } from './DataExport'
import { DeleteAccount } from './documents.generated'
import { PasswordField, wrongPassword } from './PasswordField'
import { SettingsPage } from './SettingsPage'

/** The end of an account: what goes, what stays with others, and the password once more. */
export function DeleteAccountPage() {
  const session = useSession()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(DeleteAccount)
  const { field, onSubmit, general } = useActionForm({
    defaultValues: { password: '' },
    refusal,
    places: wrongPassword('password'),
  })

  async function remove({ password }: { password: string }) {
    if (!(await run({ password }))) return
    session.end()
    notify(t`Your account is deleted`)
  }

  return (
    <SettingsPage title={t`Delete account`}>
      <DataExport />
      <form onSubmit={onSubmit(remove)} className="card grid gap-5 p-4" noValidate>
        <div className="grid gap-3">
          <p>
            <Trans>
              Your name, email address and settings are erased, and every device is signed out. This
              cannot be undone.
            </Trans>
          </p>
          <p className="text-muted">
            <Trans>
              What you shared with others stays in their groups, with you as “Deleted person”. What
              is still open between you stays open: settle up first if you can.
            </Trans>
          </p>
        </div>
        <PasswordField {...field('password', { validate: filled })} />
        <FormError>{general}</FormError>
        <Button type="submit" look="danger" busy={busy}>
          <Trans>Delete my account for good</Trans>
        </Button>
      </form>
    </SettingsPage>
  )
}
