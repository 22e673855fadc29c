import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import type {
  MailFrequency,
  NotificationKind,
  SetNotificationSettingsInput,
} from '../../../api/schema.generated'
import { unmask } from '../../../api/fragments'
import { readRefusal } from '../../../api/refusal'
import { FormError, SelectField } from '../../../ui/Field'
import { Failure, SkeletonRows } from '../../../ui/states'
import { SwitchField } from '../../../ui/SwitchField'
import {
  type NotificationChoicesFragment,
  NotificationSettings,
  type NotificationSettingsQuery,
} from './documents.generated'
import { QuietHoursForm } from './QuietHoursForm'
import { SettingsPage } from './SettingsPage'
import { ThisDevice } from './ThisDevice'
import { useNotificationChoice } from './useNotificationChoice'

const FREQUENCIES: MailFrequency[] = ['AT_ONCE', 'DAILY', 'NEVER']

/** Which notifications the viewer gets by mail and on devices. Each choice takes effect at once. */
export function NotificationSettingsPage() {
  const { data, error, refetch } = useQuery(NotificationSettings)
  return (
    <SettingsPage title={t`Notifications`}>
      {!data && !error && <SkeletonRows rows={4} label={t`Loading your settings`} />}
      {!data && error && (
        <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
      )}
      {data && <Choices data={data} />}
    </SettingsPage>
  )
}

function Choices({ data }: { data: NotificationSettingsQuery }) {
  const { choose, refusal } = useNotificationChoice(data)
  const chosen = unmask<NotificationChoicesFragment>(data.notificationSettings)

  return (
    <>
      <FormError>{refusal?.message}</FormError>
      {chosen.pushKey && <ThisDevice data={data} pushKey={chosen.pushKey} />}
      <section aria-label={t`Mail`} className="card grid gap-2 p-4">
        <Reach isSetUp={chosen.mailIsSetUp} isVerified={data.me.emailVerified} />
        <SwitchField
          label={t`Mail about notifications`}
          hint={t`In the app you see all of them, whatever you choose here.`}
          checked={chosen.mailIsOn}
          onChange={({ target }) => void choose({ mailIsOn: target.checked })}
        />
      </section>
      {(chosen.mailIsOn || chosen.pushKey) && (
        <>
          <Kinds data={data} choose={choose} />
          <Groups data={data} choose={choose} />
          <QuietHoursForm key={JSON.stringify(chosen.quietHours)} data={data} />
        </>
      )}
    </>
  )
}

/** Whether mail reaches the viewer at all. */
function Reach({ isSetUp, isVerified }: { isSetUp: boolean; isVerified: boolean }) {
  if (!isSetUp) {
    return (
      <p className="text-sm text-muted">
        <Trans>This Quits is not set up to send mail.</Trans>
      </p>
    )
  }
  if (isVerified) return null
  return (
    <p className="text-sm text-muted">
      <Trans>
        No mail is sent to an address that is not confirmed.{' '}
        <Link to="/settings/email" className="font-semibold text-brand underline">
          Confirm yours
        </Link>
      </Trans>
    </p>
  )
}

interface ChoiceProps {
  data: NotificationSettingsQuery
  choose: (input: SetNotificationSettingsInput) => Promise<void>
}

function Kinds({ data, choose }: ChoiceProps) {
  const { kinds, mailIsOn, pushKey } = unmask<NotificationChoicesFragment>(
    data.notificationSettings,
  )
  return (
    <section aria-labelledby="kinds" className="card grid gap-4 p-4">
      <h2 id="kinds" className="text-lg">
        <Trans>What about</Trans>
      </h2>
      <div className="grid gap-4 sm:grid-cols-2">
        {kinds.map(({ kind, frequency, onDevices }) => (
          <fieldset key={kind} className="grid content-end gap-2">
            <legend className="mb-1 text-sm font-semibold">{kindLabel(kind)}</legend>
            {mailIsOn && (
              <SelectField
                label={t`By mail`}
                value={frequency}
                onChange={({ target }) =>
                  void choose({ kinds: [{ kind, frequency: target.value as MailFrequency }] })
                }
              >
                {FREQUENCIES.map((frequency) => (
                  <option key={frequency} value={frequency}>
                    {frequencyLabel(frequency)}
                  </option>
                ))}
              </SelectField>
            )}
            {pushKey && (
              <SwitchField
                label={t`On devices`}
                checked={onDevices}
                onChange={({ target }) =>
                  void choose({ kinds: [{ kind, onDevices: target.checked }] })
                }
              />
            )}
          </fieldset>
        ))}
      </div>
    </section>
  )
}

/** For a group one can only want less. */
function Groups({ data, choose }: ChoiceProps) {
  const groups = data.groups.edges.map(({ node }) => node)
  if (groups.length === 0) return null
  const chosen = new Map(
    unmask<NotificationChoicesFragment>(data.notificationSettings).groups.map(
      ({ group, frequency }) => [group.id, frequency],
    ),
  )
  return (
    <section aria-labelledby="groups" className="card grid gap-4 p-4">
      <h2 id="groups" className="text-lg">
        <Trans>From which groups</Trans>
      </h2>
      <div className="grid gap-4 sm:grid-cols-2">
        {groups.map(({ id, name }) => (
          <SelectField
            key={id}
            label={name}
            value={chosen.get(id) ?? ''}
            onChange={({ target }) => {
              const frequency = target.value ? (target.value as MailFrequency) : null
              void choose({ groups: [{ groupId: id, frequency }] })
            }}
          >
            <option value="">{t`As chosen above`}</option>
            <option value="DAILY">{t`Once a day at most`}</option>
            <option value="NEVER">{frequencyLabel('NEVER')}</option>
          </SelectField>
        ))}
      </div>
    </section>
  )
}

function kindLabel(kind: NotificationKind): string {
  switch (kind) {
    case 'EXPENSES':
      return t`Expenses you have a part in`
    case 'COMMENTS':
      return t`Comments on your expenses, and those that mention you`
    case 'PAYMENTS':
      return t`Payments from and to you`
    case 'REMINDERS':
      return t`Reminders to pay`
    case 'MEMBERS':
      return t`New groups, and people taking a guest’s place`
    case 'BUDGETS':
      return t`Budgets that are nearly spent`
    case 'FRIENDS':
      return t`Friend requests`
    case 'IMPORTS':
      return t`Imports of yours that have ended`
  }
}

function frequencyLabel(frequency: MailFrequency): string {
  switch (frequency) {
    case 'AT_ONCE':
      return t`At once`
    case 'DAILY':
      return t`Once a day`
    case 'NEVER':
      return t`Never`
  }
}
