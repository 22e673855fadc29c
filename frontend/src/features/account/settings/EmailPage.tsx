import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { BadgeCheck } from 'lucide-react'
import { useNavigate } from 'react-router'
import { readRefusal } from '../../../api/refusal'
import { useAction } from '../../../api/useAction'
import { useActionForm } from '../../../api/useActionForm'
import { filled } from '../../../lib/filled'
import { Button } from '../../../ui/Button'
import { FormError, TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { Failure, SkeletonRows } from '../../../ui/states'
import { EmailState, RequestEmailChange, RequestEmailVerification } from './documents.generated'
import { PasswordField, wrongPassword } from './PasswordField'
import { SettingsPage } from './SettingsPage'

/** The address of the account: whether mail to it arrives, and the way to another one. */
export function EmailPage() {
  const { data, error, refetch } = useQuery(EmailState)
  const me = data?.me
  return (
    <SettingsPage title={t`Email address`}>
      <section aria-label={t`Your address`} className="card grid gap-4 p-4">
        {!me && !error && <SkeletonRows rows={1} label={t`Loading your address`} />}
        {!me && error && (
          <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
        )}
        {me && (
          <>
            <p className="font-semibold wrap-anywhere">{me.email}</p>
            {me.emailVerified ? <Verified /> : <Verification />}
          </>
        )}
      </section>
      <ChangeForm />
    </SettingsPage>
  )
}

function Verified() {
  return (
    <p className="flex items-center gap-2 text-sm text-muted">
      <BadgeCheck size={18} className="text-plus" aria-hidden="true" />
      <Trans>Confirmed: mail of Quits reaches you here.</Trans>
    </p>
  )
}

function Verification() {
  const notify = useNotify()
  const { run, busy, refusal } = useAction(RequestEmailVerification)

  async function send() {
    if (await run({})) notify(t`A link is on its way to you.`)
  }

  return (
    <>
      <p className="text-sm text-muted">
        <Trans>
          Not confirmed yet. With a confirmed address you can get back in when you forget your
          password.
        </Trans>
      </p>
      <FormError>{refusal?.message}</FormError>
      <Button
        look="secondary"
        busy={busy}
        className="justify-self-start"
        onClick={() => void send()}
      >
        <Trans>Send me a link</Trans>
      </Button>
    </>
  )
}

function ChangeForm() {
  const navigate = useNavigate()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(RequestEmailChange)
  const { field, onSubmit, general } = useActionForm({
    defaultValues: { email: '', password: '' },
    refusal,
    places: wrongPassword('password'),
  })

  async function change({ email, password }: { email: string; password: string }) {
    const address = email.trim()
    if (!(await run({ password, email: address }))) return
    await navigate('/settings')
    notify(t`Follow the link that is on its way to ${address}. Until then your address stays.`)
  }

  return (
    <form onSubmit={onSubmit(change)} className="card grid gap-5 p-4" noValidate>
      <h2 className="text-lg">
        <Trans>Another address</Trans>
      </h2>
      <TextField
        label={t`New email address`}
        type="email"
        autoComplete="email"
        {...field('email', { validate: filled })}
      />
      <PasswordField {...field('password', { validate: filled })} />
      <FormError>{general}</FormError>
      <Button type="submit" busy={busy}>
        <Trans>Change address</Trans>
      </Button>
    </form>
  )
}
