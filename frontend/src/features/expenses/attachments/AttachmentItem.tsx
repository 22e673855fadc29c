import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { FileText, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useAction } from '../../../api/useAction'
import { formatMoment } from '../../../lib/dates'
import { formatSize } from '../../../lib/sizes'
import { IconButton } from '../../../ui/Button'
import { ConfirmDialog } from '../../../ui/ConfirmDialog'
import type { People } from '../../groups'
import { RemoveAttachment, type AttachmentPartsFragment } from './documents.generated'

interface AttachmentItemProps {
  attachment: AttachmentPartsFragment
  people: People
  removable: boolean
  onRemoved: () => void
}

/** One file: its small picture, which opens it, and a way to remove it. */
export function AttachmentItem({ attachment, people, removable, onRemoved }: AttachmentItemProps) {
  const { name, url, thumbnailUrl, size, by, at } = attachment
  const [asked, setAsked] = useState(false)
  const who = people.label(by.id)
  return (
    <li className="flex items-center gap-1">
      <a
        href={url}
        target="_blank"
        rel="noopener"
        className="flex min-w-0 grow items-center gap-3 rounded-xl p-1 transition-colors hover:bg-hover"
      >
        <span className="grid size-14 shrink-0 place-items-center overflow-hidden rounded-xl bg-tile text-muted">
          {thumbnailUrl ? (
            <img src={thumbnailUrl} alt="" loading="lazy" className="size-full object-cover" />
          ) : (
            <FileText size={24} aria-hidden="true" />
          )}
        </span>
        <span className="min-w-0">
          <bdi className="block truncate font-semibold">{name}</bdi>
          <span className="block truncate text-sm text-muted">
            <bdi>{who}</bdi> · {formatMoment(at)} · {formatSize(size)}
          </span>
        </span>
      </a>
      {removable && (
        <IconButton
          label={t`Remove ${name}`}
          onClick={() => {
            setAsked(true)
          }}
        >
          <Trash2 size={18} aria-hidden="true" />
        </IconButton>
      )}
      {asked && (
        <Removal
          attachment={attachment}
          onRemoved={onRemoved}
          onClose={() => {
            setAsked(false)
          }}
        />
      )}
    </li>
  )
}

interface RemovalProps extends Pick<AttachmentItemProps, 'attachment' | 'onRemoved'> {
  onClose: () => void
}

/** Asks first: what is removed is gone for everybody. */
function Removal({ attachment: { id, name }, onRemoved, onClose }: RemovalProps) {
  const { run, busy, refusal } = useAction(RemoveAttachment)

  async function remove() {
    if (!(await run({ id }))) return
    onClose()
    onRemoved()
  }

  return (
    <ConfirmDialog
      title={t`Remove this file?`}
      action={t`Remove`}
      busy={busy}
      error={refusal?.message}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <Trans>
        <bdi>{name}</bdi> is then gone for everybody in the group.
      </Trans>
    </ConfirmDialog>
  )
}
