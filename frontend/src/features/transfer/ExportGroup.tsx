import { Trans } from '@lingui/react/macro'
import { FileJson, Sheet } from 'lucide-react'
import type { ExportFormat } from '../../api/schema.generated'
import { useDownload } from '../../api/useDownload'
import { Button } from '../../ui/Button'
import { FormError } from '../../ui/Field'
import { ExportGroup as ExportGroupQuery } from './documents.generated'

/** Takes along what a group holds: as a table to read, or whole, to be imported elsewhere. */
export function ExportGroup({ groupId }: { groupId: string }) {
  const { download, pending, failure } = useDownload(ExportGroupQuery, (data) => data.exportGroup)
  const saving = pending?.format
  const save = (format: ExportFormat) => download({ groupId, format })

  return (
    <section aria-labelledby="export" className="grid gap-3">
      <h2 id="export" className="px-1 text-lg">
        <Trans>Export</Trans>
      </h2>
      <div className="card grid gap-4 p-4">
        <p className="text-muted">
          <Trans>All expenses and payments, exact to the cent.</Trans>
        </p>
        <FormError>{failure}</FormError>
        <div className="flex flex-wrap gap-2">
          <Button
            look="secondary"
            busy={saving === 'CSV'}
            icon={<Sheet size={18} aria-hidden="true" />}
            onClick={() => void save('CSV')}
          >
            <Trans>Table for spreadsheets (CSV)</Trans>
          </Button>
          <Button
            look="secondary"
            busy={saving === 'JSON'}
            icon={<FileJson size={18} aria-hidden="true" />}
            onClick={() => void save('JSON')}
          >
            <Trans>Everything, to import again (JSON)</Trans>
          </Button>
        </div>
      </div>
    </section>
  )
}
