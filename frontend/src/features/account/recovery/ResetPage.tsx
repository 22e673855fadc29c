import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNavigate } from 'react-router'
import { useSession } from '../../../api/services'
import { useActionForm } from '../../../api/useActionForm'
import { usePlainAction } from '../../../api/usePlainAction'
import { filled } from '../../../lib/filled'
import { Button, LinkButton } from '../../../ui/Button'
import { FormError, TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { useTitle } from '../../../ui/useTitle'
import { AccountFrame } from '../AccountFrame'
import { ResetPassword } from './plain.generated'
import { useLinkToken } from './linkToken'

/** Where the link of a forgotten password leads: a new one is chosen, and every session ends. */
export function ResetPage() {
  useTitle(t`Choose a new password`)
  const session = useSession()
  const navigate = useNavigate()
  const notify = useNotify()
  const token = useLinkToken()
  const { run, busy, refusal } = usePlainAction(ResetPassword)
  const { field, onSubmit, general } = useActionForm({
    defaultValues: { password: '' },
    refusal,
    places: { new: 'password' },
  })

  async function change({ password }: { password: string }) {
    if (!(await run({ token, new: password }))) return
    session.end()
    await navigate('/login', { replace: true })
    notify(t`Password changed. Log in with the new one.`)
  }

  return (
    <AccountFrame
      title={t`Choose a new password`}
      lead={t`You are signed out everywhere, and log in with it.`}
    >
      <form onSubmit={onSubmit(change)} className="grid gap-4" noValidate>
        <TextField
          label={t`New password`}
          type="password"
          autoComplete="new-password"
          autoFocus
          hint={t`At least 10 characters.`}
          {...field('password', { validate: filled })}
        />
        <FormError>{general}</FormError>
        <Button type="submit" busy={busy} className="mt-2">
          <Trans>Change password</Trans>
        </Button>
      </form>
      <LinkButton to="/forgot" look="secondary">
        <Trans>Send another link</Trans>
      </LinkButton>
    </AccountFrame>
  )
}
