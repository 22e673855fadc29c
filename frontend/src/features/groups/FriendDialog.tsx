import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { UsersRound } from 'lucide-react'
import { readRefusal } from '../../api/refusal'
import { useAction } from '../../api/useAction'
import { Avatar } from '../../ui/Avatar'
import { Button, LinkButton } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { FormError } from '../../ui/Field'
import { useNotify } from '../../ui/Notices'
import { Empty, Failure, SkeletonRows } from '../../ui/states'
import { useDialog } from '../../ui/useDialog'
import { type Friend, useFriends } from '../friends'
import { AddFriend } from './documents.generated'
import { acceptGroup } from './follow'
import type { GroupContext } from './useGroup'

/** Puts friends into the group at once: they need no invitation. */
export function FriendDialog({ group, people }: GroupContext) {
  const { close } = useDialog()
  const { cache } = useApolloClient()
  const notify = useNotify()
  const { friends, error, refetch } = useFriends()
  const { run, busy, refusal } = useAction(AddFriend)
  const inside = new Set(people.active.map(({ user }) => user?.id))
  const outside = friends?.filter(({ id }) => !inside.has(id))

  async function add({ id, name }: Friend) {
    const data = await run({ groupId: group.id, userId: id })
    if (!data) return
    acceptGroup(cache, data.addFriend.group)
    notify(t`${name} is in`)
  }

  return (
    <Dialog title={t`Add a friend`} onClose={close}>
      {!friends && !error && <SkeletonRows rows={2} label={t`Loading your friends`} />}
      {!friends && error && (
        <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
      )}
      <FormError>{refusal?.message}</FormError>
      {outside?.length === 0 && <NobodyOutside some={Boolean(friends?.length)} />}
      <ul className="grid gap-1">
        {outside?.map((friend) => (
          <li key={friend.id} className="flex min-h-14 items-center gap-3">
            <Avatar name={friend.name} picture={friend.avatarUrl} />
            <span className="min-w-0 grow truncate font-semibold">
              <bdi>{friend.name}</bdi>
            </span>
            <AddButton name={friend.name} busy={busy} onClick={() => void add(friend)} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function AddButton({ name, busy, onClick }: { name: string; busy: boolean; onClick: () => void }) {
  return (
    <Button look="tonal" size="small" disabled={busy} aria-label={t`Add ${name}`} onClick={onClick}>
      <Trans>Add</Trans>
    </Button>
  )
}

function NobodyOutside({ some }: { some: boolean }) {
  return (
    <Empty
      icon={<UsersRound size={26} aria-hidden="true" />}
      title={some ? t`All your friends are in` : t`No friends yet`}
      action={
        <LinkButton to="/people" look="secondary">
          <Trans>To people</Trans>
        </LinkButton>
      }
    >
      <Trans>Whoever is your friend can be added to a group without a link.</Trans>
    </Empty>
  )
}
