import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ProgressBar } from '../../ui/ProgressBar'
import { importSentence } from './problems'
import type { Progress } from './useProgress'

/** How far an import has come, or how it has ended. */
export function ImportProgress({ progress }: { progress: Progress }) {
  const { status, total, entered } = progress
  return (
    <div className="grid gap-2">
      <p role="status" className="text-sm font-semibold">
        {sentenceOf(progress)}
      </p>
      {status === 'RUNNING' && total > 0 && (
        <>
          <ProgressBar label={t`Importing`} value={entered} most={total} />
          <p className="tabular text-sm text-muted">
            <Trans>
              {entered} of {total}
            </Trans>
          </p>
        </>
      )}
    </div>
  )
}

function sentenceOf({ status, problem }: Progress): string {
  switch (status) {
    case 'RUNNING':
      return t`The file is being imported.`
    case 'COMPLETE':
      return t`Everything is imported.`
    case 'UNDOING':
      return t`A part was refused. What was imported so far is being undone.`
    case 'UNDONE':
      return [t`A part was refused, so nothing was imported.`, problem && importSentence(problem)]
        .filter(Boolean)
        .join(' ')
  }
}
