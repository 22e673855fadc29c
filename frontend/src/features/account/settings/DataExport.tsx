import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { readRefusal } from '../../../api/refusal'
import { saveFile } from '../../../lib/download'
import { Button } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { ExportMyData } from './documents.generated'

/** Everything that is kept about the viewer, as a file. */
export function DataExport() {
  const client = useApolloClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')

  async function save() {
    setBusy(true)
    setFailure('')
    const { data, error } = await client.query({ query: ExportMyData, fetchPolicy: 'no-cache' })
    setBusy(false)
    if (!data) {
      setFailure(readRefusal(error).message)
      return
    }
    const { filename, mediaType, content } = data.exportMyData
    saveFile(filename, mediaType, content)
  }

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
        busy={busy}
        className="justify-self-start"
        icon={<Download size={18} aria-hidden="true" />}
        onClick={() => void save()}
      >
        <Trans>Save my data</Trans>
      </Button>
    </section>
  )
}
