import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Link, Navigate } from 'react-router'
import { useSession, useSignedIn } from '../../api/services'
import { useActionForm } from '../../api/useActionForm'
import { usePlainAction } from '../../api/usePlainAction'
import { filled } from '../../lib/filled'
import { currentLocale } from '../../lib/i18n'
import { Button } from '../../ui/Button'
import { CurrencyField } from '../../ui/CurrencyField'
import { FormError, TextField } from '../../ui/Field'
import { useTitle } from '../../ui/useTitle'
import { AccountFrame } from './AccountFrame'
import { thisDevice } from './device'
import { Register } from './plain.generated'
import { useNext } from './next'

export function RegisterPage() {
  useTitle(t`Create an account`)
  const { next, fragment } = useNext()
  const signedIn = useSignedIn()

  if (signedIn) return <Navigate to={next} replace />
  return (
    <AccountFrame
      title={t`Get quits with everyone`}
      lead={t`Shared costs, split exactly to the cent.`}
    >
      <RegisterForm />
      <p className="text-sm text-muted">
        <Trans>
          Have an account?{' '}
          <Link to={`/login${fragment}`} className="font-semibold text-brand hover:underline">
            Log in
          </Link>
        </Trans>
      </p>
    </AccountFrame>
  )
}

/** What the browser tells about somebody who registers. */
function circumstances() {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return { locale: currentLocale(), timeZone, ...thisDevice() }
}

const EMPTY = { name: '', email: '', password: '', defaultCurrency: 'EUR' }

function RegisterForm() {
  const session = useSession()
  const { run, busy, refusal } = usePlainAction(Register)
  const { field, onSubmit, general } = useActionForm({
    defaultValues: EMPTY,
    refusal,
    places: { EMAIL_TAKEN: 'email' },
  })

  async function register(typed: typeof EMPTY) {
    const data = await run({ input: { ...typed, ...circumstances(), email: typed.email.trim() } })
    if (data) session.start(data.register)
  }

  return (
    <form onSubmit={onSubmit(register)} className="grid gap-4" noValidate>
      <TextField
        label={t`Name`}
        autoComplete="name"
        autoFocus
        {...field('name', { validate: filled })}
      />
      <TextField
        label={t`Email`}
        type="email"
        autoComplete="username"
        {...field('email', { validate: filled })}
      />
      <TextField
        label={t`Password`}
        type="password"
        autoComplete="new-password"
        hint={t`At least 10 characters.`}
        {...field('password', { validate: filled })}
      />
      <CurrencyField
        label={t`Your currency`}
        hint={t`New groups start with it.`}
        {...field('defaultCurrency')}
      />
      <FormError>{general}</FormError>
      <Button type="submit" busy={busy} className="mt-2">
        <Trans>Create account</Trans>
      </Button>
    </form>
  )
}
