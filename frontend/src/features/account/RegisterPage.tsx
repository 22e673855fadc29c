import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState, type SubmitEvent } from 'react'
import { Link, Navigate } from 'react-router'
import { messageAt } from '../../api/refusal'
import { useSession, useSignedIn } from '../../api/services'
import { usePlainAction } from '../../api/usePlainAction'
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

function RegisterForm() {
  const session = useSession()
  const { run, busy, refusal } = usePlainAction(Register)
  const [form, setForm] = useState({ name: '', email: '', password: '', defaultCurrency: 'EUR' })
  const taken = refusal?.code === 'EMAIL_TAKEN' ? refusal.message : undefined
  const at = (field: string) => messageAt(refusal, field)
  const placed = taken ?? messageAt(refusal, 'name', 'email', 'password', 'defaultCurrency')

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const data = await run({ input: { ...form, ...circumstances(), email: form.email.trim() } })
    if (data) session.start(data.register)
  }

  const text = (field: 'name' | 'email' | 'password') => ({
    name: field,
    value: form[field],
    required: true,
    onChange: (event: { target: { value: string } }) => {
      setForm({ ...form, [field]: event.target.value })
    },
  })

  return (
    <form onSubmit={submit} className="grid gap-4" noValidate>
      <FormError>{placed ? undefined : refusal?.message}</FormError>
      <TextField
        label={t`Name`}
        autoComplete="name"
        autoFocus
        error={at('name')}
        {...text('name')}
      />
      <TextField
        label={t`Email`}
        type="email"
        autoComplete="username"
        error={taken ?? at('email')}
        {...text('email')}
      />
      <TextField
        label={t`Password`}
        type="password"
        autoComplete="new-password"
        error={at('password')}
        hint={t`At least 10 characters.`}
        {...text('password')}
      />
      <CurrencyField
        label={t`Your currency`}
        hint={t`New groups start with it.`}
        error={at('defaultCurrency')}
        value={form.defaultCurrency}
        onChange={(defaultCurrency) => {
          setForm({ ...form, defaultCurrency })
        }}
      />
      <Button
        type="submit"
        busy={busy}
        disabled={!form.name.trim() || !form.email || !form.password}
        className="mt-2"
      >
        <Trans>Create account</Trans>
      </Button>
    </form>
  )
}
