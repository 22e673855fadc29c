import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { type ChosenFile, MOST_BYTES, readFile } from './file'

interface FileFieldProps {
  /** The name of the file that was chosen. */
  chosen: string | undefined
  onFile: (file: ChosenFile) => void
}

/** A file to choose, or to drop here. */
export function FileField({ chosen, onFile }: FileFieldProps) {
  const [tooLarge, setTooLarge] = useState(false)

  async function take(file: File | undefined) {
    if (!file) return
    setTooLarge(file.size > MOST_BYTES)
    if (file.size <= MOST_BYTES) onFile(await readFile(file))
  }

  return (
    <div className="grid gap-1.5">
      <label className="relative grid cursor-pointer justify-items-center gap-1 rounded-2xl border-2 border-dashed border-line-strong px-4 py-6 text-center transition-colors hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-brand">
        <FileUp size={26} className="text-brand" aria-hidden="true" />
        <span className="max-w-full truncate font-semibold">{chosen ?? t`Choose a file`}</span>
        <span className="text-sm text-muted">
          <Trans>From Splitwise, Tricount, Spliit, I Hate Money, Cospend, a bank, or Quits.</Trans>
        </span>
        {/* Over the whole area, so that a file can be dropped anywhere on it. */}
        <input
          type="file"
          aria-label={t`File`}
          accept=".csv,.json,.txt,text/csv,application/json"
          className="absolute inset-0 size-full cursor-pointer opacity-0"
          onChange={({ target }) => {
            void take(target.files?.[0])
            // The same file can be chosen again after it was mended.
            target.value = ''
          }}
        />
      </label>
      {tooLarge && (
        <p role="alert" className="text-sm text-danger">
          <Trans>This file is too large. It may have up to 4 MB.</Trans>
        </p>
      )}
    </div>
  )
}
