import { useState, type SubmitEvent } from 'react'
import { Link, Navigate } from 'react-router'
import { ANONYMOUS } from '../../api/apollo'
import { messageAt } from '../../api/refusal'
import { useServices, useSignedIn } from '../../api/services'
import { useAction } from '../../api/useAction'
import { Button } from '../../ui/Button'
import { CurrencyField } from '../../ui/CurrencyField'
import { FormError, TextField } from '../../ui/Field'
import { useTitle } from '../../ui/useTitle'
import { AccountFrame } from './AccountFrame'
import { Register } from './documents.generated'
import { useNext } from './next'

export function RegisterPage() {
  useTitle('Create an account')
  const { next, query } = useNext()
  const signedIn = useSignedIn()

  if (signedIn) return <Navigate to={next} replace />
  return (
    <AccountFrame title="Get quits with everyone" lead="Shared costs, split exactly to the cent.">
      <RegisterForm />
      <p className="text-sm text-muted">
        Have an account?{' '}
        <Link to={`/login${query}`} className="font-semibold text-brand hover:underline">
          Log in
        </Link>
      </p>
    </AccountFrame>
  )
}

function RegisterForm() {
  const { session } = useServices()
  const { run, busy, refusal } = useAction(Register, ANONYMOUS)
  const [form, setForm] = useState({ name: '', email: '', password: '', defaultCurrency: 'EUR' })
  const taken = refusal?.code === 'EMAIL_TAKEN' ? refusal.message : undefined
  const at = (field: string) => messageAt(refusal, field)
  const placed = taken ?? messageAt(refusal, 'name', 'email', 'password', 'defaultCurrency')

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const data = await run({
      input: { ...form, email: form.email.trim(), locale: navigator.language, timeZone },
    })
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
      <TextField label="Name" autoComplete="name" autoFocus error={at('name')} {...text('name')} />
      <TextField
        label="Email"
        type="email"
        autoComplete="username"
        error={taken ?? at('email')}
        {...text('email')}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        error={at('password')}
        hint="At least 8 characters."
        {...text('password')}
      />
      <CurrencyField
        label="Your currency"
        hint="New groups start with it."
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
        Create account
      </Button>
    </form>
  )
}
