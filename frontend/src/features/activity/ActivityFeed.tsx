import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { History } from 'lucide-react'
import { unmask, type Masked } from '../../api/fragments'
import { useSession } from '../../api/services'
import { dayOf } from '../../lib/dates'
import { LoadMore } from '../../ui/LoadMore'
import { DayCards } from '../../ui/longList/DayCards'
import { Empty } from '../../ui/states'
import { ActivityItem } from './ActivityItem'
import type { ActivityRowFragment, ActivityPageFragment } from './documents.generated'

interface ActivityFeedProps {
  feed: Masked<ActivityPageFragment>
  /** Up to when the viewer had seen it; what came after is set apart. */
  seenUpTo?: string | null | undefined
  /** Only some of what happened is asked for. */
  filtered: boolean
  /** Say in which group it happened. */
  withGroup?: boolean
  onMore: (after: string | null) => void
}

/** What people did, newest first, day by day. */
export function ActivityFeed(props: ActivityFeedProps) {
  const { feed, seenUpTo, filtered, withGroup = false, onMore } = props
  const viewer = useSession().userId()
  const { edges, pageInfo } = unmask<ActivityPageFragment>(feed)
  const rows = edges.map(({ node }) => unmask<ActivityRowFragment>(node))
  if (rows.length === 0) return filtered ? <NothingFound /> : <NothingYet />
  const fresh = seenUpTo ? rows.filter(({ at }) => at > seenUpTo) : []
  // What the viewer did alone is no news.
  const isNews = fresh.some(({ actor }) => actor?.id !== viewer)
  const seen = isNews ? rows.slice(fresh.length) : rows
  return (
    <section aria-label={t`Activity`} className="grid gap-5">
      {isNews && (
        <>
          <Divider>{t`New since you last looked`}</Divider>
          <Days rows={fresh} withGroup={withGroup} />
          {seen.length > 0 && <Divider>{t`Seen before`}</Divider>}
        </>
      )}
      <Days rows={seen} withGroup={withGroup} />
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

function Divider({ children }: { children: string }) {
  return (
    <p className="flex items-center gap-3 text-sm font-semibold text-brand after:h-px after:grow after:bg-line">
      {children}
    </p>
  )
}

interface DaysProps {
  rows: readonly ActivityRowFragment[]
  withGroup: boolean
}

function Days({ rows, withGroup }: DaysProps) {
  return (
    <DayCards rows={rows} dayOf={({ at }) => dayOf(at)} divided>
      {(row) => <ActivityItem row={row} withGroup={withGroup} />}
    </DayCards>
  )
}

function NothingFound() {
  return (
    <Empty icon={<History size={26} aria-hidden="true" />} title={t`Nothing of that kind`}>
      <Trans>Nothing that happened is of this kind.</Trans>
    </Empty>
  )
}

function NothingYet() {
  return (
    <Empty icon={<History size={26} aria-hidden="true" />} title={t`Nothing happened yet`}>
      <Trans>Whatever people do in a group of yours is listed here.</Trans>
    </Empty>
  )
}
