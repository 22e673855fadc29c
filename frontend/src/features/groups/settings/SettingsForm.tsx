import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ComponentProps } from 'react'
import { useAction } from '../../../api/useAction'
import { useActionForm } from '../../../api/useActionForm'
import { SendButton } from '../../../api/SendButton'
import { filled } from '../../../lib/filled'
import { CurrencyField } from '../../../ui/CurrencyField'
import { FormError, SelectField, TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { SwitchField } from '../../../ui/SwitchField'
import { TimeZoneField } from '../../../ui/TimeZoneField'
import { KindField } from '../KindField'
import { isDirect } from '../title'
import { UpdateGroup, type GroupSettingsFragment } from './documents.generated'

type Form = Pick<
  GroupSettingsFragment,
  'name' | 'kind' | 'currency' | 'simplify' | 'approveClaims' | 'expenseEditing'
> & {
  description: string
  timeZone: string
}

function valuesOf(group: GroupSettingsFragment): Form {
  const { name, description, kind, currency, simplify, approveClaims, expenseEditing } = group
  return {
    name,
    description: description ?? '',
    kind,
    currency,
    simplify,
    approveClaims,
    expenseEditing,
    // A group from before this setting begins with the zone of this device.
    timeZone: group.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

interface SettingsFormProps {
  /** How the group is; what somebody else saves meanwhile begins the form anew. */
  group: GroupSettingsFragment
  onStale: () => void
}

/** Whose expenses a member may change. */
function EditingField(field: Omit<ComponentProps<typeof SelectField>, 'label' | 'children'>) {
  return (
    <SelectField
      label={t`Who may change an expense`}
      hint={t`Owners and admins always may.`}
      {...field}
    >
      <option value="ALL">{t`Everybody`}</option>
      <option value="INVOLVED">{t`Who entered it, and who pays or shares it`}</option>
      <option value="OWN">{t`Only who entered it`}</option>
    </SelectField>
  )
}

/** What a group is called, what it is for, how it settles, and who may change what. */
export function SettingsForm({ group, onStale }: SettingsFormProps) {
  const notify = useNotify()
  const { run, busy, refusal } = useAction(UpdateGroup)
  const defaultValues = valuesOf(group)
  const { field, onSubmit, general } = useActionForm<Form>({ defaultValues, refusal })

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
  const timeZoneField = (
    <TimeZoneField
      chosen={defaultValues.timeZone}
      hint={t`Recurring expenses are entered when the day begins there.`}
      {...field('timeZone')}
    />
  )
  return (
    <form onSubmit={onSubmit(save)} className="card grid gap-5 p-4" noValidate>
      {isDirect(group) ? (
        // Two friends need no name, and between them there is only one payment anyway.
        <>
          {currencyField}
          {timeZoneField}
        </>
      ) : (
        <>
          <TextField label={t`Name`} autoComplete="off" {...field('name', { validate: filled })} />
          <TextField label={t`Description`} optional autoComplete="off" {...field('description')} />
          <KindField {...field('kind')} />
          {currencyField}
          {timeZoneField}
          <EditingField {...field('expenseEditing')} />
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
