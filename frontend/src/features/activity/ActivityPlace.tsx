import { t } from '@lingui/core/macro'
import { useQuery } from '@apollo/client/react'
import { readRefusal } from '../../api/refusal'
import { Page } from '../../ui/Page'
import { Failure, SkeletonRows, Unavailable } from '../../ui/states'
import { AllCategories } from '../expenses'
import { ActivityFeed } from './ActivityFeed'
import { OwnActivity } from './documents.generated'
import { NotificationsBell } from './NotificationsBell'
import { useActivityLive } from './useActivityLive'

const PAGE = 50
// What comes while the socket is away.
const CATCH_UP_MS = 60_000

/** What happened in all groups of the viewer, and the way to what concerns the viewer. */
export function ActivityPlace() {
  const { data, error, loading, refetch, fetchMore } = useQuery(OwnActivity, {
    variables: { first: PAGE },
    pollInterval: CATCH_UP_MS,
  })
  useActivityLive(refetch)
  const feed = data?.me.activity
  const retry = () => void refetch()
  return (
    <Page title={t`Activity`} actions={<NotificationsBell />}>
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
            withGroup
            onMore={(after) => void fetchMore({ variables: { after } })}
          />
        </AllCategories>
      )}
    </Page>
  )
}
