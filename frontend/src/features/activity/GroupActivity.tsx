import { t } from '@lingui/core/macro'
import { useQuery } from '@apollo/client/react'
import { ALWAYS_ASKED } from '../../api/apollo'
import { readRefusal } from '../../api/refusal'
import { Failure, SkeletonRows, Unavailable } from '../../ui/states'
import { useGroup } from '../groups'
import { ActivityFeed } from './ActivityFeed'
import { GroupActivity as GroupActivityQuery } from './documents.generated'
import { FeedFilter } from './FeedFilter'
import { newestOf } from './newest'
import { useActivityLive } from '../groups'
import { useFeedFilter } from './useFeedFilter'
import { useSeen } from './useSeen'

const PAGE = 50
// What comes while the socket is away.
const CATCH_UP_MS = 60_000

/** What happened in a group, newest first. */
export function GroupActivity() {
  const { group, people } = useGroup()
  const { choice, filter, change } = useFeedFilter()
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(GroupActivityQuery, {
    variables: { id: group.id, first: PAGE, ...(filter && { filter }) },
    pollInterval: CATCH_UP_MS,
    context: ALWAYS_ASKED,
  })
  useActivityLive(refetch, group.id)
  const feed = (data ?? previousData)?.group?.activity
  const newest = filter ? undefined : newestOf(data?.group?.activity)
  const seenUpTo = useSeen({ seenUpTo: data?.group?.activitySeenUpTo, newest, groupId: group.id })
  const retry = () => void refetch()

  if (!feed) {
    if (loading || !error) return <SkeletonRows rows={5} label={t`Loading the activity`} />
    const refusal = readRefusal(error)
    if (refusal.code !== 'UNREACHABLE')
      return <Unavailable what={t`The activity is not available right now.`} onRetry={retry} />
    return <Failure onRetry={retry}>{refusal.message}</Failure>
  }
  return (
    <div className="grid gap-5 p-4 lg:px-0 lg:pt-6">
      <FeedFilter choice={choice} change={change} people={people} />
      {error && (
        <Unavailable what={t`Newer activity is not available right now.`} onRetry={retry} />
      )}
      <ActivityFeed
        feed={feed}
        seenUpTo={seenUpTo}
        filtered={filter !== undefined}
        onMore={(after) => void fetchMore({ variables: { after } })}
      />
    </div>
  )
}
