import { useApolloClient, useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { BellOff, CheckCheck } from 'lucide-react'
import { unmask } from '../../api/fragments'
import { readRefusal } from '../../api/refusal'
import { useAction } from '../../api/useAction'
import { useRefetchOn } from '../../api/useRefetchOn'
import { dayOf } from '../../lib/dates'
import { Button } from '../../ui/Button'
import { FormError } from '../../ui/Field'
import { LoadMore } from '../../ui/LoadMore'
import { DayCards } from '../../ui/longList/DayCards'
import { Page } from '../../ui/Page'
import { Empty, Failure, SkeletonRows } from '../../ui/states'
import { AllCategories } from '../expenses'
import { ActivityItem } from './ActivityItem'
import {
  type ActivityRowFragment,
  MarkNotificationsRead,
  Notifications,
  type NotificationRowFragment,
} from './documents.generated'
import { UnreadNotifications } from './unread.generated'
import { useUnread } from './unread'

const PAGE = 50

/** What others did that concerns the viewer, newest first. */
export function NotificationsPage() {
  const { data, error, refetch, fetchMore } = useQuery(Notifications, {
    variables: { first: PAGE },
  })
  useRefetchOn(useUnread(), refetch)
  const connection = data?.notifications
  const rows = connection?.edges.map(({ node }) => unmask<NotificationRowFragment>(node))
  const { hasNextPage, endCursor } = connection?.pageInfo ?? {}
  return (
    <Page title={t`Notifications`} back={{ to: '/activity', label: t`Back to the activity` }}>
      {rows?.[0] && <MarkRead upTo={rows[0].at} />}
      {!rows && !error && <SkeletonRows rows={6} label={t`Loading notifications`} />}
      {!rows && error && (
        <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
      )}
      {rows?.length === 0 && (
        <Empty icon={<BellOff size={26} aria-hidden="true" />} title={t`Nothing for you yet`}>
          <Trans>Whatever others do that concerns you is listed here.</Trans>
        </Empty>
      )}
      {rows && (
        <AllCategories>
          <DayCards rows={rows} dayOf={({ at }) => dayOf(at)} divided landmarks>
            {({ read, activity }) => (
              <ActivityItem row={unmask<ActivityRowFragment>(activity)} withGroup unread={!read} />
            )}
          </DayCards>
        </AllCategories>
      )}
      {hasNextPage && (
        <LoadMore
          after={endCursor}
          onLoad={() => void fetchMore({ variables: { after: endCursor } })}
        >
          <Trans>Show earlier notifications</Trans>
        </LoadMore>
      )}
    </Page>
  )
}

/** Marks everything up to a moment as read: what came meanwhile stays new. */
function MarkRead({ upTo }: { upTo: string }) {
  const client = useApolloClient()
  const unread = useUnread()
  const { run, busy, refusal } = useAction(MarkNotificationsRead)

  async function mark() {
    if (!(await run({ upTo }))) return
    await client.refetchQueries({ include: [UnreadNotifications] })
  }

  if (unread === 0) return null
  return (
    <>
      <FormError>{refusal?.message}</FormError>
      <Button
        look="secondary"
        size="small"
        className="justify-self-end"
        busy={busy}
        icon={<CheckCheck size={18} aria-hidden="true" />}
        onClick={() => void mark()}
      >
        <Trans>Mark all as read</Trans>
      </Button>
    </>
  )
}
