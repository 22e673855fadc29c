import { useApolloClient, useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useReducer, type SubmitEvent } from 'react'
import { useNavigate } from 'react-router'
import { messageAt, readRefusal } from '../../../api/refusal'
import { useAction } from '../../../api/useAction'
import { chooseLocale, LANGUAGES, languageOf } from '../../../lib/i18n'
import { Button } from '../../../ui/Button'
import { CurrencyField } from '../../../ui/CurrencyField'
import { FormError, SelectField, TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { Failure, SkeletonRows } from '../../../ui/states'
import { Me, type ProfileFragment } from '../documents.generated'
import { localeFor } from '../LanguageChoice'
import { UpdateProfile } from './documents.generated'
import { SettingsPage } from './SettingsPage'
import { TimeZoneField } from './TimeZoneField'

/** What others see of the viewer, and how Quits shows things to the viewer. */
export function ProfilePage() {
  const { data, error, refetch } = useQuery(Me)
  const me = data?.me
  return (
    <SettingsPage title={t`Profile`}>
      {!me && !error && <SkeletonRows rows={3} label={t`Loading your profile`} />}
      {!me && error && (
        <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
      )}
      {me && <ProfileForm key={me.id} me={me} />}
    </SettingsPage>
  )
}

interface Form {
  name: string
  language: string
  defaultCurrency: string
  timeZone: string
}

const merge = (form: Form, changes: Partial<Form>) => ({ ...form, ...changes })

const initial = ({ name, defaultCurrency, locale, timeZone }: ProfileFragment): Form => ({
  name,
  language: languageOf(locale) ?? 'en',
  defaultCurrency,
  timeZone,
})

const FIELDS = ['name', 'defaultCurrency', 'locale', 'timeZone'] as const

function ProfileForm({ me }: { me: ProfileFragment }) {
  const client = useApolloClient()
  const navigate = useNavigate()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(UpdateProfile)
  const [form, change] = useReducer(merge, me, initial)
  const spoken = languageOf(me.locale) === form.language

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const { name, language, defaultCurrency, timeZone } = form
    // The region of a locale stays, as long as the language does.
    const locale = spoken ? me.locale : localeFor(language)
    const data = await run({ input: { name: name.trim(), defaultCurrency, timeZone, locale } })
    if (!data) return
    client.writeQuery({ query: Me, data: { me: data.updateProfile } })
    await navigate('/settings')
    notify(t`Profile saved`)
    // Without its texts the app stays in the language that it is in.
    if (!spoken) await chooseLocale(locale).catch(() => undefined)
  }

  return (
    <form onSubmit={submit} className="card grid gap-5 p-4" noValidate>
      <FormError>{messageAt(refusal, ...FIELDS) ? undefined : refusal?.message}</FormError>
      <ProfileFields form={form} change={change} at={(field) => messageAt(refusal, field)} />
      <Button type="submit" busy={busy} disabled={!form.name.trim()}>
        <Trans>Save profile</Trans>
      </Button>
    </form>
  )
}

interface ProfileFieldsProps {
  form: Form
  change: (changes: Partial<Form>) => void
  at: (field: (typeof FIELDS)[number]) => string | undefined
}

function ProfileFields({ form, change, at }: ProfileFieldsProps) {
  return (
    <>
      <TextField
        label={t`Name`}
        autoComplete="name"
        hint={t`This is how others see you, in all groups.`}
        error={at('name')}
        value={form.name}
        onChange={({ target }) => {
          change({ name: target.value })
        }}
      />
      <SelectField
        label={t`Language`}
        error={at('locale')}
        value={form.language}
        onChange={({ target }) => {
          change({ language: target.value })
        }}
      >
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </SelectField>
      <CurrencyField
        label={t`Your currency`}
        hint={t`New groups start with it.`}
        error={at('defaultCurrency')}
        value={form.defaultCurrency}
        onChange={(defaultCurrency) => {
          change({ defaultCurrency })
        }}
      />
      <TimeZoneField
        error={at('timeZone')}
        value={form.timeZone}
        onChange={(timeZone) => {
          change({ timeZone })
        }}
      />
    </>
  )
}
