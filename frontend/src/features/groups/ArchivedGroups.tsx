import { Trans } from '@lingui/react/macro'
import { Archive } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { GroupRows } from './GroupRows'
import type { GroupSummaryFragment } from './list.generated'
import { useGroups } from './useGroups'

interface ArchivedGroupsProps {
  /** How one of them is listed. */
  Row: (props: { group: GroupSummaryFragment }) => ReactNode
}

/** The archived groups, folded: asked for when somebody wants to see them. */
export function ArchivedGroups({ Row }: ArchivedGroupsProps) {
  const [open, setOpen] = useState(false)
  const list = useGroups({ archived: true, skip: !open })
  return (
    <details
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
      }}
    >
      <summary className="flex min-h-11 w-fit items-center gap-2 rounded-lg px-2 text-sm font-semibold text-muted hover:text-ink">
        <Archive size={16} aria-hidden="true" />
        <Trans>Archived groups</Trans>
      </summary>
      {open && (
        <div className="mt-1">
          <GroupRows
            list={list}
            Row={Row}
            expected={1}
            none={
              <p className="px-3 py-2.5 text-sm text-muted">
                <Trans>No group is archived.</Trans>
              </p>
            }
          />
        </div>
      )}
    </details>
  )
}
