import { t } from '@lingui/core/macro'
import { useQuery } from '@apollo/client/react'
import { ALWAYS_ASKED } from '../../api/apollo'
import { readRefusal } from '../../api/refusal'
import { Page } from '../../ui/Page'
import { Failure, SkeletonRows, Unavailable } from '../../ui/states'
import { AllCategories } from '../expenses'
import { ActivityFeed } from './ActivityFeed'
import { OwnActivity } from './documents.generated'
import { FeedFilter } from './FeedFilter'
import { newestOf } from './newest'
import { NotificationsBell } from './NotificationsBell'
import { useActivityLive } from '../groups'
import { useFeedFilter } from './useFeedFilter'
import { useSeen } from './useSeen'

const PAGE = 50
// What comes while the socket is away.
const CATCH_UP_MS = 60_000

/** What happened in all groups of the viewer, and the way to what concerns the viewer. */
export function ActivityPlace() {
  const { choice, filter, change } = useFeedFilter()
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(OwnActivity, {
    variables: { first: PAGE, ...(filter && { filter }) },
    pollInterval: CATCH_UP_MS,
    context: ALWAYS_ASKED,
  })
  useActivityLive(refetch)
  const feed = (data ?? previousData)?.me.activity
  const newest = filter ? undefined : newestOf(data?.me.activity)
  const seenUpTo = useSeen({ seenUpTo: data?.me.activitySeenUpTo, newest })
  const retry = () => void refetch()
  return (
    <Page title={t`Activity`} actions={<NotificationsBell />}>
      <FeedFilter choice={choice} change={change} />
      {!feed && (loading || !error) && <SkeletonRows rows={6} label={t`Loading the activity`} />}
      {!feed && !loading && error && (
        <Failure onRetry={retry}>{readRefusal(error).message}</Failure>
      )}
      {feed && error && (
        <Unavailable what={t`Newer activity is not available right now.`} onRetry={retry} />
      )}
      {feed && (
        <AllCategories>
          <ActivityFeed
            feed={feed}
            seenUpTo={seenUpTo}
            filtered={filter !== undefined}
            withGroup
            onMore={(after) => void fetchMore({ variables: { after } })}
          />
        </AllCategories>
      )}
    </Page>
  )
}
