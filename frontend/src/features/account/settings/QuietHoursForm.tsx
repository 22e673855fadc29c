import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useForm } from 'react-hook-form'
import { Button } from '../../../ui/Button'
import { TextField } from '../../../ui/Field'

interface Hours {
  from: string
  to: string
}

interface QuietHoursFormProps {
  hours: Hours | undefined
  busy: boolean
  /** Null removes them. */
  onSave: (hours: Hours | null) => void
}

/** The part of each day without mail, in the viewer's time zone. */
export function QuietHoursForm({ hours, busy, onSave }: QuietHoursFormProps) {
  const { register, handleSubmit, formState } = useForm<Hours>({
    defaultValues: hours ?? { from: '22:00', to: '07:00' },
  })
  const to = register('to', {
    required: t`Choose a time.`,
    validate: (to, { from }) => to !== from || t`Choose another time than the beginning.`,
  })
  return (
    <form
      onSubmit={(event) => void handleSubmit(onSave)(event)}
      className="card grid gap-4 p-4"
      noValidate
    >
      <h2 className="text-lg">
        <Trans>Quiet hours</Trans>
      </h2>
      <p className="text-sm text-muted">
        {hours ? (
          <Trans>What happens then is mailed when they are over.</Trans>
        ) : (
          <Trans>You have none: mail may come at any time of the day.</Trans>
        )}
      </p>
      <div className="grid grid-cols-2 gap-4">
        <TextField
          type="time"
          label={t`From`}
          error={formState.errors.from?.message}
          {...register('from', { required: t`Choose a time.` })}
        />
        <TextField type="time" label={t`To`} error={formState.errors.to?.message} {...to} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="secondary" busy={busy}>
          <Trans>Save quiet hours</Trans>
        </Button>
        {hours && (
          <Button
            look="quiet"
            onClick={() => {
              onSave(null)
            }}
          >
            <Trans>No quiet hours</Trans>
          </Button>
        )}
      </div>
    </form>
  )
}
