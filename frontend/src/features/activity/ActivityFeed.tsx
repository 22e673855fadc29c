import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { History } from 'lucide-react'
import { Link } from 'react-router'
import { unmask, type Masked } from '../../api/fragments'
import { byDay, dayOf, formatDayName, formatTime } from '../../lib/dates'
import { GroupName, groupTitle } from '../groups'
import { Avatar } from '../../ui/Avatar'
import { LoadMore } from '../../ui/LoadMore'
import { Empty } from '../../ui/states'
import {
  ActivityPage,
  ActivityRow,
  type ActivityPageFragment,
  type ActivityRowFragment,
} from './documents.generated'

interface ActivityFeedProps {
  feed: Masked<ActivityPageFragment>
  /** Say in which group it happened. */
  withGroup?: boolean
  onMore: (after: string | null) => void
}

/** What people did, newest first, day by day. */
export function ActivityFeed({ feed, withGroup = false, onMore }: ActivityFeedProps) {
  const { edges, pageInfo } = unmask(ActivityPage, feed)
  const rows = edges.map(({ node }) => unmask(ActivityRow, node))
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
              <Row key={row.id} row={row} withGroup={withGroup} />
            ))}
          </ol>
        </section>
      ))}
      {pageInfo.hasNextPage && (
        <LoadMore
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

function Row({ row, withGroup }: { row: ActivityRowFragment; withGroup: boolean }) {
  const { actor, at, group, summary } = row
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <Avatar name={actor?.name ?? 'Quits'} size="small" />
      <div className="min-w-0 grow">
        <p className="wrap-anywhere">{summary}</p>
        {withGroup && group && (
          <Link to={`/groups/${group.id}`} className="text-sm text-muted hover:underline">
            {groupTitle(unmask(GroupName, group))}
          </Link>
        )}
      </div>
      <time dateTime={at} className="shrink-0 text-sm text-faint">
        {formatTime(at)}
      </time>
    </li>
  )
}
