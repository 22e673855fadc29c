import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { useActionForm } from '../../../api/useActionForm'
import { usePlainAction } from '../../../api/usePlainAction'
import { filled } from '../../../lib/filled'
import { Button } from '../../../ui/Button'
import { FormError, TextField } from '../../../ui/Field'
import { useTitle } from '../../../ui/useTitle'
import { AccountFrame } from '../AccountFrame'
import { RequestPasswordReset } from './plain.generated'

/** Asks for a link to a new password. It never tells whether there is an account. */
export function ForgotPage() {
  useTitle(t`Forgot your password?`)
  const { run, busy, refusal } = usePlainAction(RequestPasswordReset)
  const { field, onSubmit, general } = useActionForm({ defaultValues: { email: '' }, refusal })
  const [sentTo, setSentTo] = useState('')

  async function ask({ email }: { email: string }) {
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
      <form onSubmit={onSubmit(ask)} className="grid gap-4" noValidate>
        <TextField
          label={t`Email`}
          type="email"
          autoComplete="username"
          autoFocus
          {...field('email', { validate: filled })}
        />
        <FormError>{general}</FormError>
        <Button type="submit" busy={busy} className="mt-2">
          <Trans>Send the link</Trans>
        </Button>
      </form>
      <BackToLogin />
    </AccountFrame>
  )
}

function BackToLogin() {
  return (
    <Link
      to="/login"
      className="-my-3 flex min-h-11 w-fit items-center text-sm font-semibold text-brand hover:underline"
    >
      <Trans>Back to log in</Trans>
    </Link>
  )
}
