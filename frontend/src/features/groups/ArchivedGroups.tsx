import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Archive } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { readRefusal } from '../../api/refusal'
import { LoadMore } from '../../ui/LoadMore'
import { Failure, SkeletonRows } from '../../ui/states'
import type { GroupSummaryFragment } from './list.generated'
import { isDirect } from './title'
import { useGroups } from './useGroups'

interface ArchivedGroupsProps {
  /** How one of them is listed. */
  Row: (props: { group: GroupSummaryFragment }) => ReactNode
}

/** The archived groups, folded: asked for when somebody wants to see them. */
export function ArchivedGroups({ Row }: ArchivedGroupsProps) {
  const [open, setOpen] = useState(false)
  const { groups: all, error, retry, more } = useGroups({ archived: true, skip: !open })
  const groups = all?.filter((group) => !isDirect(group))
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
        <div className="card mt-1 p-1.5">
          {!groups && !error && <SkeletonRows rows={1} label={t`Loading archived groups`} />}
          {!groups && error && <Failure onRetry={retry}>{readRefusal(error).message}</Failure>}
          {groups?.length === 0 && (
            <p className="px-3 py-2.5 text-sm text-muted">
              <Trans>No group is archived.</Trans>
            </p>
          )}
          <ul>
            {groups?.map((group) => (
              <Row key={group.id} group={group} />
            ))}
          </ul>
          {more && (
            <LoadMore {...more}>
              <Trans>Show more groups</Trans>
            </LoadMore>
          )}
        </div>
      )}
    </details>
  )
}
