import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { FormError } from '../../../ui/Field'
import { SwitchField } from '../../../ui/SwitchField'
import type { NotificationSettingsQuery } from './documents.generated'
import { usePushDevice } from './usePushDevice'

/** Whether this browser shows notifications while the app is closed. */
export function ThisDevice({
  data,
  pushKey,
}: {
  data: NotificationSettingsQuery
  pushKey: string
}) {
  const { state, refusal, start, end } = usePushDevice(data, pushKey)
  return (
    <section aria-label={t`This device`} className="card grid gap-2 p-4">
      <FormError>{refusal?.message}</FormError>
      {state === 'impossible' ? (
        <p className="text-sm text-muted">
          <Trans>
            This browser cannot show notifications. On an iPhone or iPad, add Quits to the home
            screen first.
          </Trans>
        </p>
      ) : (
        <SwitchField
          label={t`Notifications on this device`}
          hint={
            state === 'denied'
              ? t`Your browser does not allow them. Allow notifications of this page in its settings.`
              : t`They come also while Quits is closed.`
          }
          checked={state === 'on'}
          disabled={state === 'busy'}
          onChange={({ target }) => void (target.checked ? start() : end())}
        />
      )}
    </section>
  )
}
