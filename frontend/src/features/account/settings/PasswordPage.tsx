import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState, type SubmitEvent } from 'react'
import { useNavigate } from 'react-router'
import { messageAt } from '../../../api/refusal'
import { useAction } from '../../../api/useAction'
import { Button } from '../../../ui/Button'
import { FormError, TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { ChangePassword } from './documents.generated'
import { SettingsPage } from './SettingsPage'

/** Changes the password; every other device is signed out by that. */
export function PasswordPage() {
  const navigate = useNavigate()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(ChangePassword)
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const wrong = refusal?.code === 'BAD_CREDENTIALS' ? t`This is not your password.` : undefined
  const refused = messageAt(refusal, 'new')

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!(await run({ current, new: next }))) return
    await navigate('/settings')
    notify(t`Password changed. Your other devices are signed out.`)
  }

  return (
    <SettingsPage title={t`Password`}>
      <form onSubmit={submit} className="card grid gap-5 p-4" noValidate>
        <FormError>{wrong || refused ? undefined : refusal?.message}</FormError>
        <TextField
          label={t`Your password now`}
          type="password"
          autoComplete="current-password"
          error={wrong}
          value={current}
          onChange={({ target }) => {
            setCurrent(target.value)
          }}
        />
        <TextField
          label={t`New password`}
          type="password"
          autoComplete="new-password"
          hint={t`At least 10 characters. All your other devices are signed out.`}
          error={refused}
          value={next}
          onChange={({ target }) => {
            setNext(target.value)
          }}
        />
        <Button type="submit" busy={busy} disabled={!current || !next}>
          <Trans>Change password</Trans>
        </Button>
      </form>
    </SettingsPage>
  )
}
