import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { Link, Navigate } from 'react-router'
import { useSession, useSignedIn } from '../../api/services'
import { useActionForm } from '../../api/useActionForm'
import { usePlainAction } from '../../api/usePlainAction'
import { filled } from '../../lib/filled'
import { Button } from '../../ui/Button'
import { FormError, TextField } from '../../ui/Field'
import { useTitle } from '../../ui/useTitle'
import { AccountFrame } from './AccountFrame'
import { thisDevice } from './device'
import { Login } from './plain.generated'
import { useNext } from './next'

export function LoginPage() {
  useTitle(t`Log in`)
  const session = useSession()
  const { next, fragment } = useNext()
  const signedIn = useSignedIn()
  const { run, busy, refusal } = usePlainAction(Login)
  const [needsCode, setNeedsCode] = useState(false)
  if (refusal?.code === 'SECOND_FACTOR_REQUIRED' && !needsCode) setNeedsCode(true)
  const { field, onSubmit, general } = useActionForm({
    defaultValues: { email: '', password: '', code: '' },
    refusal,
  })

  async function logIn({
    email,
    password,
    code,
  }: {
    email: string
    password: string
    code: string
  }) {
    const second = needsCode ? { code: code.trim() } : {}
    const data = await run({ input: { email: email.trim(), password, ...second, ...thisDevice() } })
    if (data) session.start(data.login)
  }

  if (signedIn) return <Navigate to={next} replace />
  return (
    <AccountFrame title={t`Welcome back`} lead={t`Log in to see who is quits with whom.`}>
      <form onSubmit={onSubmit(logIn)} className="grid gap-4" noValidate>
        <TextField
          label={t`Email`}
          type="email"
          autoComplete="username"
          autoFocus
          {...field('email', { validate: filled })}
        />
        <TextField
          label={t`Password`}
          type="password"
          autoComplete="current-password"
          {...field('password', { validate: filled })}
        />
        {needsCode && (
          <TextField
            label={t`Code`}
            autoComplete="one-time-code"
            hint={t`From your authenticator app, or one of your recovery codes.`}
            {...field('code', { validate: filled })}
          />
        )}
        <FormError>{general}</FormError>
        <Button type="submit" busy={busy} className="mt-2">
          <Trans>Log in</Trans>
        </Button>
      </form>
      <OtherWays fragment={fragment} />
    </AccountFrame>
  )
}

/** The ways of those who have no password, or no account. */
function OtherWays({ fragment }: { fragment: string }) {
  return (
    <>
      <Link
        to="/forgot"
        className="-my-3 flex min-h-11 w-fit items-center text-sm font-semibold text-brand hover:underline"
      >
        <Trans>Forgot your password?</Trans>
      </Link>
      <p className="text-sm text-muted">
        <Trans>
          New here?{' '}
          <Link to={`/register${fragment}`} className="font-semibold text-brand hover:underline">
            Create an account
          </Link>
        </Trans>
      </p>
    </>
  )
}
