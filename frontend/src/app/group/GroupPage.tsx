import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Compass } from 'lucide-react'
import { useEffect } from 'react'
import { useMatch, useParams } from 'react-router'
import { unmask } from '../../api/fragments'
import { readRefusal } from '../../api/refusal'
import { useDialog } from '../../ui/useDialog'
import { LinkButton } from '../../ui/Button'
import { Empty, Failure, Skeleton, SkeletonRows } from '../../ui/states'
import { useMedia, WIDE } from '../../ui/useMedia'
import { useTitle } from '../../ui/useTitle'
import { CustomCategories } from '../../features/expenses/customCategories/context'
import { useGroupCategories } from '../../features/expenses/customCategories/useGroupCategories'
import type { GroupNameFragment } from '../../features/groups'
import { rememberGroup } from '../../features/groups/lastGroup'
import { DialogPlace } from '../DialogPlace'
import { preloadWhenIdle } from '../lazyPage'
import { PageOutlet } from '../PageOutlet'
import { BalanceAnnouncer } from '../../features/groups/BalanceAnnouncer'
import { GROUP_DIALOGS, OFTEN_IN_GROUP } from './dialogs'
import { GroupHeader } from './GroupHeader'
import { groupTitle } from '../../features/groups/title'
import { useLiveGroup, usePeople, type GroupContext } from '../../features/groups/useGroup'

/** One group: what is common to its tabs, and the dialogs over them. */
export function GroupPage() {
  const { groupId = '' } = useParams()
  const { group, nudges, error, refetch } = useLiveGroup(groupId)
  const people = usePeople(group)
  const categories = useGroupCategories(groupId, nudges)
  useTitle(group ? groupTitle(unmask<GroupNameFragment>(group)) : undefined)
  useEffect(() => preloadWhenIdle(OFTEN_IN_GROUP), [])
  useEffect(() => {
    if (group) rememberGroup(group.id)
  }, [group])

  if (!group || !people) {
    if (group === undefined && !error) return <GroupSkeleton />
    const refusal = error && readRefusal(error)
    if (!refusal || refusal.code === 'GROUP_NOT_FOUND') return <NoGroup />
    return <Failure onRetry={() => void refetch()}>{refusal.message}</Failure>
  }
  const context: GroupContext = { group, people, nudges, refetch: () => void refetch() }
  return (
    <div key={group.id} className="mx-auto max-w-6xl pb-28 lg:px-8 lg:pt-4 lg:pb-16">
      <GroupHeader {...context} />
      <CustomCategories value={categories}>
        <PageOutlet context={context} />
        <GroupDialogs {...context} />
      </CustomCategories>
      <BalanceAnnouncer {...context} />
    </div>
  )
}

function GroupDialogs(context: GroupContext) {
  const { name } = useDialog()
  const onExpenses = useMatch('/groups/:groupId')
  const beside = useMedia(WIDE) && onExpenses !== null
  const Dialog = GROUP_DIALOGS[name ?? '']
  // A wide screen shows an expense at the side of the list.
  if (!Dialog || (name === 'show' && beside)) return null
  return (
    <DialogPlace>
      <Dialog {...context} />
    </DialogPlace>
  )
}

function GroupSkeleton() {
  return (
    <div className="mx-auto grid max-w-6xl gap-6 px-4 pt-6 lg:px-8 lg:pt-8">
      <Skeleton className="h-8 w-56" />
      <Skeleton className="h-14 w-40" />
      <div className="card">
        <SkeletonRows rows={6} label={t`Loading the group`} />
      </div>
    </div>
  )
}

function NoGroup() {
  return (
    <Empty
      heading="h1"
      icon={<Compass size={26} aria-hidden="true" />}
      title={t`No such group`}
      action={
        <LinkButton to="/">
          <Trans>To your groups</Trans>
        </LinkButton>
      }
    >
      <Trans>It does not exist, or you are not a member of it.</Trans>
    </Empty>
  )
}
