import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { readRefusal } from '../../../api/refusal'
import { useAction } from '../../../api/useAction'
import { useActionForm } from '../../../api/useActionForm'
import { filled } from '../../../lib/filled'
import { Button } from '../../../ui/Button'
import { CopyButton } from '../../../ui/CopyButton'
import { FormError, TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { QrCode } from '../../../ui/QrCode'
import { Failure, SkeletonRows } from '../../../ui/states'
import {
  BeginSecondFactor,
  DisableSecondFactor,
  EnableSecondFactor,
  SecondFactorState,
  type BeginSecondFactorMutation,
} from './documents.generated'
import { PasswordField, wrongPassword } from './PasswordField'
import { SettingsPage } from './SettingsPage'

type Setup = BeginSecondFactorMutation['beginSecondFactor']

/** The second step of a log-in: a code of an authenticator app beside the password. */
export function SecondStepPage() {
  const { data, error, refetch } = useQuery(SecondFactorState)
  const [setup, setSetup] = useState<Setup>()
  const [codes, setCodes] = useState<readonly string[]>()
  const me = data?.me

  async function enabled(recoveryCodes: readonly string[]) {
    setCodes(recoveryCodes)
    setSetup(undefined)
    await refetch()
  }

  return (
    <SettingsPage title={t`Two-step log-in`}>
      <section aria-label={t`Two-step log-in`} className="card grid gap-5 p-4">
        {!me && !error && <SkeletonRows rows={2} label={t`Loading your settings`} />}
        {!me && error && (
          <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
        )}
        {codes && (
          <RecoveryCodes
            codes={codes}
            onDone={() => {
              setCodes(undefined)
            }}
          />
        )}
        {me && !codes && me.hasSecondFactor && <TurnOff onDone={() => void refetch()} />}
        {me && !codes && !me.hasSecondFactor && !setup && <Begin onBegun={setSetup} />}
        {me && !codes && !me.hasSecondFactor && setup && (
          <Enable setup={setup} onEnabled={enabled} />
        )}
      </section>
    </SettingsPage>
  )
}

function Begin({ onBegun }: { onBegun: (setup: Setup) => void }) {
  const { run, busy, refusal } = useAction(BeginSecondFactor)

  async function begin(password: string) {
    const data = await run({ password })
    if (data) onBegun(data.beginSecondFactor)
  }

  return (
    <>
      <p className="text-muted">
        <Trans>
          With two-step log-in, your password alone is not enough: whoever logs in also needs a code
          from an authenticator app on your phone.
        </Trans>
      </p>
      <PasswordForm action={t`Set it up`} busy={busy} refusal={refusal} onSend={begin} />
    </>
  )
}

interface EnableProps {
  setup: Setup
  onEnabled: (recoveryCodes: readonly string[]) => Promise<void>
}

function Enable({ setup, onEnabled }: EnableProps) {
  const { run, busy, refusal } = useAction(EnableSecondFactor)
  const { field, onSubmit, general } = useActionForm({ defaultValues: { code: '' }, refusal })

  async function enable({ code }: { code: string }) {
    const data = await run({ code: code.trim() })
    if (data) await onEnabled(data.enableSecondFactor.recoveryCodes)
  }

  return (
    <form onSubmit={onSubmit(enable)} className="grid gap-5" noValidate>
      <p className="text-muted">
        <Trans>Scan this with your authenticator app, or type the key into it.</Trans>
      </p>
      <QrCode value={setup.uri} title={t`The key for your authenticator app`} />
      <p className="flex items-center justify-center gap-2">
        <code className="text-sm break-all">{setup.secret}</code>
        <CopyButton text={setup.secret} label={t`Copy the key`} />
      </p>
      <TextField
        label={t`Code`}
        inputMode="numeric"
        autoComplete="one-time-code"
        hint={t`The six digits that the app shows now.`}
        {...field('code', { validate: filled })}
      />
      <FormError>{general}</FormError>
      <Button type="submit" busy={busy}>
        <Trans>Turn on</Trans>
      </Button>
    </form>
  )
}

function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <>
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-lg">
          <Trans>Your recovery codes</Trans>
        </h2>
        <CopyButton text={codes.join('\n')} label={t`Copy the recovery codes`} />
      </div>
      <p className="text-muted">
        <Trans>
          Each of them lets you in once without your phone. Keep them in a safe place: they are not
          shown again.
        </Trans>
      </p>
      <ul aria-label={t`Your recovery codes`} className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button onClick={onDone}>
        <Trans>I have kept them</Trans>
      </Button>
    </>
  )
}

function TurnOff({ onDone }: { onDone: () => void }) {
  const notify = useNotify()
  const { run, busy, refusal } = useAction(DisableSecondFactor)

  async function turnOff(password: string) {
    if (!(await run({ password }))) return
    onDone()
    notify(t`Two-step log-in is off.`)
  }

  return (
    <>
      <p className="flex items-center gap-2 font-semibold">
        <ShieldCheck size={18} className="text-plus" aria-hidden="true" />
        <Trans>Two-step log-in is on.</Trans>
      </p>
      <PasswordForm action={t`Turn off`} busy={busy} refusal={refusal} onSend={turnOff} />
    </>
  )
}

interface PasswordFormProps {
  action: string
  busy: boolean
  refusal: ReturnType<typeof readRefusal> | undefined
  onSend: (password: string) => Promise<void>
}

function PasswordForm({ action, busy, refusal, onSend }: PasswordFormProps) {
  const { field, onSubmit, general } = useActionForm({
    defaultValues: { password: '' },
    refusal,
    places: wrongPassword('password'),
  })
  return (
    <form onSubmit={onSubmit(({ password }) => onSend(password))} className="grid gap-5" noValidate>
      <PasswordField {...field('password', { validate: filled })} />
      <FormError>{general}</FormError>
      <Button type="submit" busy={busy}>
        {action}
      </Button>
    </form>
  )
}
