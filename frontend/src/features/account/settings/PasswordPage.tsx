import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNavigate } from 'react-router'
import { useAction } from '../../../api/useAction'
import { useActionForm } from '../../../api/useActionForm'
import { filled } from '../../../lib/filled'
import { Button } from '../../../ui/Button'
import { FormError, TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { ChangePassword } from './documents.generated'
import { wrongPassword } from './PasswordField'
import { SettingsPage } from './SettingsPage'

/** Changes the password; every other device is signed out by that. */
export function PasswordPage() {
  const navigate = useNavigate()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(ChangePassword)
  const { field, onSubmit, general } = useActionForm({
    defaultValues: { current: '', new: '' },
    refusal,
    places: wrongPassword('current'),
  })

  async function change(passwords: { current: string; new: string }) {
    if (!(await run(passwords))) return
    await navigate('/settings')
    notify(t`Password changed. Your other devices are signed out.`)
  }

  return (
    <SettingsPage title={t`Password`}>
      <form onSubmit={onSubmit(change)} className="card grid gap-5 p-4" noValidate>
        <TextField
          label={t`Your password now`}
          type="password"
          autoComplete="current-password"
          {...field('current', { validate: filled })}
        />
        <TextField
          label={t`New password`}
          type="password"
          autoComplete="new-password"
          hint={t`At least 10 characters. All your other devices are signed out.`}
          {...field('new', { validate: filled })}
        />
        <FormError>{general}</FormError>
        <Button type="submit" busy={busy}>
          <Trans>Change password</Trans>
        </Button>
      </form>
    </SettingsPage>
  )
}
