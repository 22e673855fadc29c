import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { useDownload } from '../../../api/useDownload'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { ExportMyData } from './documents.generated'

/** Everything that is kept about the viewer, as a file. */
export function DataExport() {
  const { download, pending, failure } = useDownload(ExportMyData, (data) => data.exportMyData)

  return (
    <section aria-label={t`Your data`} className="card grid gap-4 p-4">
      <p className="text-muted">
        <Trans>
          Take along what is kept about you: your account, friends and devices. What you did in a
          group is exported there.
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
