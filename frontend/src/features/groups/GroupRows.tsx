import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { readRefusal } from '../../api/refusal'
import { LoadMore } from '../../ui/LoadMore'
import { Failure, SkeletonRows } from '../../ui/states'
import type { GroupSummaryFragment } from './list.generated'
import { isDirect } from './title'
import type { useGroups } from './useGroups'

interface GroupRowsProps {
  list: ReturnType<typeof useGroups>
  /** How one of them is listed. */
  Row: (props: { group: GroupSummaryFragment }) => ReactNode
  /** What is said when there is none. */
  none: ReactNode
  /** How many rows are about to come. */
  expected?: number
}

/** Groups of some kind on a card: while they load, when they cannot be had, and page by page. */
export function GroupRows({ list, Row, none, expected }: GroupRowsProps) {
  const { groups: all, error, retry, more } = list
  const groups = all?.filter((group) => !isDirect(group))
  return (
    <div className="card p-1.5">
      {!groups && !error && <SkeletonRows rows={expected} label={t`Loading your groups`} />}
      {!groups && error && <Failure onRetry={retry}>{readRefusal(error).message}</Failure>}
      {groups?.length === 0 && none}
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
  )
}
