import { useApolloClient, useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNavigate } from 'react-router'
import { unmask } from '../../../api/fragments'
import { readRefusal } from '../../../api/refusal'
import { useAction } from '../../../api/useAction'
import { useActionForm } from '../../../api/useActionForm'
import { filled } from '../../../lib/filled'
import { chooseLocale, LANGUAGES, languageOf } from '../../../lib/i18n'
import { Button } from '../../../ui/Button'
import { CurrencyField } from '../../../ui/CurrencyField'
import { FormError, SelectField, TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import { Failure, SkeletonRows } from '../../../ui/states'
import { TimeZoneField } from '../../../ui/TimeZoneField'
import { Me, type ProfileFragment } from '../documents.generated'
import { localeFor } from '../LanguageChoice'
import { UpdateProfile } from './documents.generated'
import { PictureField } from './PictureField'
import { SettingsPage } from './SettingsPage'

/** What others see of the viewer, and how Quits shows things to the viewer. */
export function ProfilePage() {
  const { data, error, refetch } = useQuery(Me)
  const me = unmask<ProfileFragment>(data?.me)
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
  /** A data URL; null for none. */
  avatarUrl: string | null
  language: string
  defaultCurrency: string
  timeZone: string
}

const initial = ({
  name,
  avatarUrl,
  defaultCurrency,
  locale,
  timeZone,
}: ProfileFragment): Form => ({
  name,
  avatarUrl: avatarUrl ?? null,
  language: languageOf(locale) ?? 'en',
  defaultCurrency,
  timeZone,
})

function ProfileForm({ me }: { me: ProfileFragment }) {
  const client = useApolloClient()
  const navigate = useNavigate()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(UpdateProfile)
  const { field, onSubmit, general, setValue, watch } = useActionForm({
    defaultValues: initial(me),
    refusal,
    places: { locale: 'language' },
  })

  async function save({ name, avatarUrl, language, defaultCurrency, timeZone }: Form) {
    const spoken = languageOf(me.locale) === language
    // The region of a locale stays, as long as the language does.
    const locale = spoken ? me.locale : localeFor(language)
    const input = { name: name.trim(), avatarUrl, defaultCurrency, timeZone, locale }
    const data = await run({ input })
    if (!data) return
    client.writeQuery({ query: Me, data: { me: { ...me, ...data.updateProfile } } })
    await navigate('/settings')
    notify(t`Profile saved`)
    // Without its texts the app stays in the language that it is in.
    if (!spoken) await chooseLocale(locale).catch(() => undefined)
  }

  return (
    <form onSubmit={onSubmit(save)} className="card grid gap-5 p-4" noValidate>
      <PictureField
        name={watch('name')}
        picture={watch('avatarUrl')}
        error={field('avatarUrl').error}
        onChange={(avatarUrl) => {
          setValue('avatarUrl', avatarUrl)
        }}
      />
      <TextField
        label={t`Name`}
        autoComplete="name"
        hint={t`This is how others see you, in all groups.`}
        {...field('name', { validate: filled })}
      />
      <SelectField label={t`Language`} {...field('language')}>
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </SelectField>
      <CurrencyField
        label={t`Your currency`}
        hint={t`New groups start with it.`}
        {...field('defaultCurrency')}
      />
      <TimeZoneField
        chosen={me.timeZone}
        hint={t`It decides which day is today, for you.`}
        {...field('timeZone')}
      />
      <FormError>{general}</FormError>
      <Button type="submit" busy={busy}>
        <Trans>Save profile</Trans>
      </Button>
    </form>
  )
}
