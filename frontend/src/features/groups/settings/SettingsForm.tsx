import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useReducer, type SubmitEvent } from 'react'
import { messageAt } from '../../../api/refusal'
import { useAction } from '../../../api/useAction'
import { Button } from '../../../ui/Button'
import { CurrencyField } from '../../../ui/CurrencyField'
import { FormError, TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { SwitchField } from '../../../ui/SwitchField'
import { KindField } from '../KindField'
import { isDirect } from '../title'
import { UpdateGroup, type GroupSettingsFragment } from './documents.generated'

type Form = Pick<
  GroupSettingsFragment,
  'name' | 'kind' | 'currency' | 'simplify' | 'approveClaims'
> & {
  description: string
}

const merge = (form: Form, changes: Partial<Form>) => ({ ...form, ...changes })

const FIELDS = ['name', 'description', 'currency'] as const

interface SettingsFormProps {
  /** How the group is; what somebody else saves meanwhile begins the form anew. */
  group: GroupSettingsFragment
  onStale: () => void
}

/** What a group is called, what it is for, and how it settles. */
export function SettingsForm({ group, onStale }: SettingsFormProps) {
  const notify = useNotify()
  const { run, busy, refusal } = useAction(UpdateGroup)
  const [form, change] = useReducer(merge, { ...group, description: group.description ?? '' })
  const at = (field: string) => messageAt(refusal, field)

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const { name, kind, currency, simplify, approveClaims } = form
    const description = form.description.trim() || null
    const input = { id: group.id, expectedVersion: group.version, name: name.trim(), kind }
    const data = await run(
      { input: { ...input, description, currency, simplify, approveClaims } },
      ({ code }) => {
        if (code === 'STALE_VERSION') onStale()
      },
    )
    if (data) notify(t`Settings saved`)
  }

  return (
    <form onSubmit={submit} className="card grid gap-5 p-4" noValidate>
      <FormError>{FIELDS.some((field) => at(field)) ? undefined : refusal?.message}</FormError>
      {!isDirect(group) && <Naming form={form} change={change} at={at} />}
      <CurrencyField
        label={t`Currency`}
        hint={t`New expenses start with it.`}
        error={at('currency')}
        value={form.currency}
        onChange={(currency) => {
          change({ currency })
        }}
      />
      {/* Between two there is only one payment anyway. */}
      {!isDirect(group) && (
        <SwitchField
          label={t`As few payments as possible`}
          hint={t`Somebody may then pay a person to whom they owe nothing directly.`}
          checked={form.simplify}
          onChange={(simplify) => {
            change({ simplify })
          }}
        />
      )}
      {!isDirect(group) && (
        <SwitchField
          label={t`Approve who takes the place of a guest`}
          hint={t`Whoever opens an invitation then only asks for it, and an owner or admin decides.`}
          checked={form.approveClaims}
          onChange={(approveClaims) => {
            change({ approveClaims })
          }}
        />
      )}
      <Button type="submit" busy={busy} disabled={!form.name.trim()}>
        <Trans>Save settings</Trans>
      </Button>
    </form>
  )
}

interface NamingProps {
  form: Form
  change: (changes: Partial<Form>) => void
  at: (field: string) => string | undefined
}

/** What a group is called and what it is for; two friends need neither. */
function Naming({ form, change, at }: NamingProps) {
  return (
    <>
      <TextField
        label={t`Name`}
        autoComplete="off"
        error={at('name')}
        value={form.name}
        onChange={({ target }) => {
          change({ name: target.value })
        }}
      />
      <TextField
        label={t`Description`}
        optional
        autoComplete="off"
        error={at('description')}
        value={form.description}
        onChange={({ target }) => {
          change({ description: target.value })
        }}
      />
      <KindField
        value={form.kind}
        onChange={(kind) => {
          change({ kind })
        }}
      />
    </>
  )
}
