import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Paperclip } from 'lucide-react'
import { unmask } from '../../../api/fragments'
import { useRefetchOn } from '../../../api/useRefetchOn'
import { SkeletonRows, Unavailable } from '../../../ui/states'
import type { GroupContext, People } from '../../groups'
import { AttachmentItem } from './AttachmentItem'
import { type AttachmentPartsFragment, ExpenseAttachments } from './documents.generated'
import { UploadItem } from './UploadItem'
import { useUploads } from './useUploads'

// The addresses of files count for at least ten minutes.
const RENEWED_MS = 5 * 60_000

/** So many files an expense can have. */
const MOST = 10

interface AttachmentsProps {
  expenseId: string
  /** Nothing is added: the expense is deleted, or its group archived. */
  closed: boolean
  /** Whether what others attached can be removed. */
  editable: boolean
  people: People
  nudges: GroupContext['nudges']
}

/** The photos and PDFs that members keep with an expense, and a way to add some. */
export function Attachments({ expenseId, closed, editable, people, nudges }: AttachmentsProps) {
  const { data, error, refetch } = useQuery(ExpenseAttachments, {
    variables: { id: expenseId },
    fetchPolicy: 'cache-and-network',
    pollInterval: RENEWED_MS,
  })
  useRefetchOn(nudges, refetch)
  const { uploads, add, retry, dismiss } = useUploads(expenseId, refetch)
  const found = data?.expense?.attachments
  const attachments = found && unmask<AttachmentPartsFragment>(found)
  const reload = () => void refetch()
  const isEmpty = attachments?.length === 0 && uploads.length === 0
  if (isEmpty && closed) return null

  return (
    <section aria-label={t`Photos and files`} className="grid gap-2">
      <h3 className="font-sans text-sm font-semibold text-muted">
        <Trans>Photos and files</Trans>
      </h3>
      {!attachments && !error && <SkeletonRows rows={1} label={t`Loading files`} />}
      {!attachments && error && (
        <Unavailable what={t`Files are not available right now.`} onRetry={reload} />
      )}
      {attachments && !isEmpty && (
        <ul className="grid gap-1">
          {attachments.map((attachment) => (
            <AttachmentItem
              key={attachment.id}
              {...{ attachment, people }}
              removable={editable || people.isViewer(attachment.by.id)}
              onRemoved={reload}
            />
          ))}
          {uploads.map((upload) => (
            <UploadItem
              key={upload.key}
              upload={upload}
              onRetry={() => void retry(upload)}
              onDismiss={() => {
                dismiss(upload.key)
              }}
            />
          ))}
        </ul>
      )}
      {attachments && !closed && attachments.length < MOST && (
        <AddButton onFiles={(files) => void add(files)} />
      )}
    </section>
  )
}

/** Takes a photo, or chooses files: phones offer both. */
function AddButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  return (
    <label className="relative -ml-3 inline-flex min-h-11 w-fit items-center gap-2 rounded-xl px-3 font-semibold text-brand transition-colors hover:bg-brand-soft has-focus-visible:outline-2 has-focus-visible:outline-brand">
      <Paperclip size={18} aria-hidden="true" />
      <Trans>Add a photo or PDF</Trans>
      <input
        type="file"
        multiple
        accept="image/jpeg,image/png,image/webp,application/pdf"
        className="absolute inset-0 size-full cursor-pointer opacity-0"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          // The same file can be chosen again.
          target.value = ''
        }}
      />
    </label>
  )
}
