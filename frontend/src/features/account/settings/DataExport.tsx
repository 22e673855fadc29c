import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { useDownload } from '../../../api/useDownload'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { ExportMyData, type ExportMyDataQuery } from './documents.generated'

/** Everything that is kept about the viewer, as a file. */
export function DataExport() {
  const { download, pending, failure } = useDownload(ExportMyData, fileOf)

  return (
    <section aria-label={t`Your data`} className="card grid gap-4 p-4">
      <p className="text-muted">
        <Trans>
          Take along what is kept about you: your account, friends, devices, budgets and settings.
          What you did in a group is exported there.
        </Trans>
      </p>
      <FormError>{failure}</FormError>
      <Button
        look="secondary"
        busy={pending !== undefined}
        className="justify-self-start"
        icon={<Download size={18} aria-hidden="true" />}
        onClick={() => void download({})}
      >
        <Trans>Save my data</Trans>
      </Button>
    </section>
  )
}

/** The account's file together with what other parts of Quits keep about the viewer. */
function fileOf({ exportMyData, me, notificationSettings }: ExportMyDataQuery) {
  const account = JSON.parse(exportMyData.content) as object
  const whole = { ...account, budgets: me.budgets, notificationSettings }
  return { ...exportMyData, content: JSON.stringify(whole, withoutTypenames, 2) }
}

function withoutTypenames(key: string, value: unknown): unknown {
  return key === '__typename' ? undefined : value
}
