import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState, type SubmitEvent } from 'react'
import { Link } from 'react-router'
import { usePlainAction } from '../../../api/usePlainAction'
import { Button } from '../../../ui/Button'
import { FormError, TextField } from '../../../ui/Field'
import { useTitle } from '../../../ui/useTitle'
import { AccountFrame } from '../AccountFrame'
import { RequestPasswordReset } from './plain.generated'

/** Asks for a link to a new password. It never tells whether there is an account. */
export function ForgotPage() {
  useTitle(t`Forgot your password?`)
  const { run, busy, refusal } = usePlainAction(RequestPasswordReset)
  const [email, setEmail] = useState('')
  const [sentTo, setSentTo] = useState('')

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const address = email.trim()
    if (await run({ email: address })) setSentTo(address)
  }

  if (sentTo) {
    return (
      <AccountFrame
        title={t`Look into your mail`}
        lead={t`If ${sentTo} has an account, a link is on its way. It works once, for 30 minutes.`}
      >
        <BackToLogin />
      </AccountFrame>
    )
  }
  return (
    <AccountFrame
      title={t`Forgot your password?`}
      lead={t`We send you a link that lets you choose a new one.`}
    >
      <form onSubmit={submit} className="grid gap-4" noValidate>
        <FormError>{refusal?.message}</FormError>
        <TextField
          label={t`Email`}
          type="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={({ target }) => {
            setEmail(target.value)
          }}
        />
        <Button type="submit" busy={busy} disabled={!email.trim()} className="mt-2">
          <Trans>Send the link</Trans>
        </Button>
      </form>
      <BackToLogin />
    </AccountFrame>
  )
}

function BackToLogin() {
  return (
    <Link to="/login" className="w-fit text-sm font-semibold text-brand hover:underline">
      <Trans>Back to log in</Trans>
    </Link>
  )
}
