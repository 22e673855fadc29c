import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { History } from 'lucide-react'
import { unmask, type Masked } from '../../api/fragments'
import { byDay, dayOf, formatDayName } from '../../lib/dates'
import { LoadMore } from '../../ui/LoadMore'
import { Empty } from '../../ui/states'
import { ActivityItem } from './ActivityItem'
import type { ActivityRowFragment, ActivityPageFragment } from './documents.generated'

interface ActivityFeedProps {
  feed: Masked<ActivityPageFragment>
  /** Say in which group it happened. */
  withGroup?: boolean
  onMore: (after: string | null) => void
}

/** What people did, newest first, day by day. */
export function ActivityFeed({ feed, withGroup = false, onMore }: ActivityFeedProps) {
  const { edges, pageInfo } = unmask<ActivityPageFragment>(feed)
  const rows = edges.map(({ node }) => unmask<ActivityRowFragment>(node))
  if (rows.length === 0) return <NothingYet />
  return (
    <section aria-label={t`Activity`} className="grid gap-5">
      {byDay(rows, ({ at }) => dayOf(at)).map(({ day, items }) => (
        <section
          key={day}
          className="[contain-intrinsic-size:auto_20rem] [content-visibility:auto]"
        >
          <h2 className="px-1 pb-1.5 font-sans text-sm font-semibold text-muted">
            {formatDayName(day)}
          </h2>
          <ol className="card divide-y divide-line">
            {items.map((row) => (
              <ActivityItem key={row.id} row={row} withGroup={withGroup} />
            ))}
          </ol>
        </section>
      ))}
      {pageInfo.hasNextPage && (
        <LoadMore
          after={pageInfo.endCursor}
          onLoad={() => {
            onMore(pageInfo.endCursor)
          }}
        >
          <Trans>Show earlier activity</Trans>
        </LoadMore>
      )}
    </section>
  )
}

function NothingYet() {
  return (
    <Empty icon={<History size={26} aria-hidden="true" />} title={t`Nothing happened yet`}>
      <Trans>Whatever people do in a group of yours is listed here.</Trans>
    </Empty>
  )
}
