import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useAction } from '../../../api/useAction'
import { useActionForm } from '../../../api/useActionForm'
import { SendButton } from '../../../api/SendButton'
import { filled } from '../../../lib/filled'
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

interface SettingsFormProps {
  /** How the group is; what somebody else saves meanwhile begins the form anew. */
  group: GroupSettingsFragment
  onStale: () => void
}

/** What a group is called, what it is for, and how it settles. */
export function SettingsForm({ group, onStale }: SettingsFormProps) {
  const notify = useNotify()
  const { run, busy, refusal } = useAction(UpdateGroup)
  const { name, description, kind, currency, simplify, approveClaims } = group
  const { field, onSubmit, general } = useActionForm<Form>({
    defaultValues: {
      name,
      description: description ?? '',
      kind,
      currency,
      simplify,
      approveClaims,
    },
    refusal,
  })

  async function save({ name, description, ...chosen }: Form) {
    const texts = { name: name.trim(), description: description.trim() || null }
    const input = { id: group.id, expectedVersion: group.version, ...texts, ...chosen }
    const data = await run({ input }, ({ code }) => {
      if (code === 'STALE_VERSION') onStale()
    })
    if (data) notify(t`Settings saved`)
  }

  const currencyField = (
    <CurrencyField
      label={t`Currency`}
      hint={t`New expenses start with it.`}
      {...field('currency')}
    />
  )
  return (
    <form onSubmit={onSubmit(save)} className="card grid gap-5 p-4" noValidate>
      {isDirect(group) ? (
        // Two friends need no name, and between them there is only one payment anyway.
        currencyField
      ) : (
        <>
          <TextField label={t`Name`} autoComplete="off" {...field('name', { validate: filled })} />
          <TextField label={t`Description`} optional autoComplete="off" {...field('description')} />
          <KindField {...field('kind')} />
          {currencyField}
          <SwitchField
            label={t`As few payments as possible`}
            hint={t`Somebody may then pay a person to whom they owe nothing directly.`}
            {...field('simplify')}
          />
          <SwitchField
            label={t`Approve who takes the place of a guest`}
            hint={t`Whoever opens an invitation then only asks for it, and an owner or admin decides.`}
            {...field('approveClaims')}
          />
        </>
      )}
      <FormError>{general}</FormError>
      <SendButton busy={busy}>
        <Trans>Save settings</Trans>
      </SendButton>
    </form>
  )
}
