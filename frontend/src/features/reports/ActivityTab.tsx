import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { History } from 'lucide-react'
import { readRefusal } from '../../api/refusal'
import { useRefetchOn } from '../../api/useRefetchOn'
import { formatMoment } from '../../lib/dates'
import { useGroup } from '../groups'
import { Avatar } from '../../ui/Avatar'
import { Button } from '../../ui/Button'
import { Empty, Failure, SkeletonRows, Unavailable } from '../../ui/states'
import { GroupActivity } from './documents.generated'

const PAGE = 50
// The feed follows events, a little behind the ledger.
const CATCH_UP_MS = 10_000

/** What happened in a group, newest first. */
export function ActivityTab() {
  const { group } = useGroup()
  const { data, error, loading, refetch, fetchMore } = useQuery(GroupActivity, {
    variables: { id: group.id, first: PAGE },
    pollInterval: CATCH_UP_MS,
  })
  useRefetchOn(group.ledgerVersion, refetch)
  const feed = data?.group?.activity
  const retry = () => void refetch()

  if (!feed) {
    if (loading || !error) return <SkeletonRows rows={5} label={t`Loading the activity`} />
    const refusal = readRefusal(error)
    if (refusal.code !== 'UNREACHABLE')
      return <Unavailable what={t`The activity is not available right now.`} onRetry={retry} />
    return <Failure onRetry={retry}>{refusal.message}</Failure>
  }
  if (feed.edges.length === 0) {
    return (
      <Empty icon={<History size={26} aria-hidden="true" />} title={t`Nothing happened yet`}>
        <Trans>Everything that people do in this group will be listed here.</Trans>
      </Empty>
    )
  }
  return (
    <div className="p-4 lg:px-0 lg:pt-6">
      {error && (
        <Unavailable what={t`Newer activity is not available right now.`} onRetry={retry} />
      )}
      <ol className="card divide-y divide-line" aria-label={t`Activity`}>
        {feed.edges.map(({ node }) => (
          <li key={node.id} className="flex items-start gap-3 px-4 py-3">
            <Avatar name={node.actor?.name ?? 'Quits'} size="small" />
            <p className="min-w-0 grow">{node.summary}</p>
            <time dateTime={node.at} className="shrink-0 text-sm text-faint">
              {formatMoment(node.at)}
            </time>
          </li>
        ))}
      </ol>
      {feed.pageInfo.hasNextPage && (
        <Button
          look="quiet"
          className="mt-2 w-full"
          onClick={() => void fetchMore({ variables: { after: feed.pageInfo.endCursor } })}
        >
          <Trans>Show earlier activity</Trans>
        </Button>
      )}
    </div>
  )
}
