import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { Button, IconButton } from '../../../ui/Button'
import { ProgressBar } from '../../../ui/ProgressBar'
import type { Upload } from './useUploads'

interface UploadItemProps {
  upload: Upload
  onRetry: () => void
  onDismiss: () => void
}

/** A file on its way: how far it has come, or why it was not taken. */
export function UploadItem({ upload, onRetry, onDismiss }: UploadItemProps) {
  const { file, percent, problem } = upload
  const { name } = file
  return (
    <li className="grid gap-1.5 rounded-xl bg-tile py-2 pr-1 pl-3.5">
      <div className="flex min-h-9 items-center gap-2">
        <bdi className="min-w-0 grow truncate text-sm font-semibold">{name}</bdi>
        {problem && (
          <>
            <Button look="quiet" size="small" onClick={onRetry}>
              <Trans>Try again</Trans>
            </Button>
            <IconButton label={t`Do not add ${name}`} onClick={onDismiss}>
              <X size={18} aria-hidden="true" />
            </IconButton>
          </>
        )}
      </div>
      {problem ? (
        <p role="alert" className="pb-1 text-sm text-danger">
          {problem}
        </p>
      ) : (
        <div className="pr-2.5 pb-1">
          <ProgressBar label={t`Sending ${name}`} value={percent} most={100} />
        </div>
      )}
    </li>
  )
}
