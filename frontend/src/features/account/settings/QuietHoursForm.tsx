import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { unmask } from '../../../api/fragments'
import { useActionForm } from '../../../api/useActionForm'
import { Button } from '../../../ui/Button'
import { FormError, TextField } from '../../../ui/Field'
import type { NotificationChoicesFragment, NotificationSettingsQuery } from './documents.generated'
import { useNotificationChoice } from './useNotificationChoice'

const USUAL = { from: '22:00', to: '07:00' }

/** The part of each day without mail and without notifications on devices, in the viewer's time zone. */
export function QuietHoursForm({ data }: { data: NotificationSettingsQuery }) {
  const { choose, busy, refusal } = useNotificationChoice(data)
  const { quietHours } = unmask<NotificationChoicesFragment>(data.notificationSettings)
  const { from, to } = quietHours ?? USUAL
  const { field, onSubmit, general } = useActionForm({ defaultValues: { from, to }, refusal })
  const beginning = field('from', { required: t`Choose a time.` })
  const end = field('to', {
    required: t`Choose a time.`,
    validate: (end, { from }) => end !== from || t`Choose another time than the beginning.`,
  })
  return (
    <form
      onSubmit={onSubmit((hours) => choose({ quietHours: hours }))}
      className="card grid gap-4 p-4"
      noValidate
    >
      <h2 className="text-lg">
        <Trans>Quiet hours</Trans>
      </h2>
      <p className="text-sm text-muted">
        {quietHours ? (
          <Trans>You hear of what happens then when they are over.</Trans>
        ) : (
          <Trans>You have none: you may hear from Quits at any time of the day.</Trans>
        )}
      </p>
      <div className="grid grid-cols-2 gap-4">
        <TextField type="time" label={t`From`} {...beginning} />
        <TextField type="time" label={t`To`} {...end} />
      </div>
      <FormError>{general}</FormError>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="secondary" busy={busy}>
          <Trans>Save quiet hours</Trans>
        </Button>
        {quietHours && (
          <Button look="quiet" onClick={() => void choose({ quietHours: null })}>
            <Trans>No quiet hours</Trans>
          </Button>
        )}
      </div>
    </form>
  )
}
