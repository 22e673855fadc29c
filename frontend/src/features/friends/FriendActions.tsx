import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Ban, Plus, UserMinus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAction } from '../../api/useAction'
import { Button } from '../../ui/Button'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { FormError } from '../../ui/Field'
import { Menu, type MenuAction } from '../../ui/Menu'
import { useNotify } from '../../ui/Notices'
import { dialogLink } from '../../ui/useDialog'
import { BlockUser, RemoveFriend, SendFriendRequestTo, UnblockUser } from './documents.generated'
import { useAnswer } from './Requests'
import { useDirectGroup } from './useDirectGroup'
import { useFriends } from './useFriends'

interface PersonProps {
  id: string
  name: string
}

/** What the viewer can do about another account: befriend it, spend with it, or be rid of it. */
export function FriendActions(person: PersonProps) {
  const { friends, incoming, outgoing } = useFriends()
  const { accept, end, refusal } = useAnswer()
  const received = incoming.find(({ from }) => from.id === person.id)
  const sent = outgoing.find(({ to }) => to.id === person.id)
  if (!friends) return null
  const isFriend = friends.some(({ id }) => id === person.id)
  return (
    <div className="grid gap-3">
      <FormError>{refusal?.message}</FormError>
      <div className="flex flex-wrap items-center gap-2">
        {isFriend && <AddWithFriend {...person} />}
        {!isFriend && received && (
          <Button onClick={() => void accept(received)}>
            <Trans>Accept the request</Trans>
          </Button>
        )}
        {!isFriend && sent && (
          <Button look="secondary" onClick={() => void end(sent)}>
            <Trans>Withdraw the request</Trans>
          </Button>
        )}
        {!isFriend && !received && !sent && <Befriend {...person} />}
        <More {...person} isFriend={isFriend} />
      </div>
    </div>
  )
}

function AddWithFriend({ id }: PersonProps) {
  const navigate = useNavigate()
  const { open, busy, refusal } = useDirectGroup()

  async function add() {
    const group = await open(id)
    if (group) await navigate(dialogLink('expense', {}, `/groups/${group}`).to)
  }

  return (
    <>
      <Button busy={busy} icon={<Plus size={18} aria-hidden="true" />} onClick={() => void add()}>
        <Trans>Add expense</Trans>
      </Button>
      <FormError>{refusal?.message}</FormError>
    </>
  )
}

function Befriend({ id, name }: PersonProps) {
  const notify = useNotify()
  const { refetch } = useFriends()
  const { run, busy, refusal } = useAction(SendFriendRequestTo)

  async function ask() {
    if (await run({ userId: id })) notify(t`Request sent to ${name}`)
    await refetch()
  }

  return (
    <>
      <Button
        look="secondary"
        busy={busy}
        icon={<UserPlus size={18} aria-hidden="true" />}
        onClick={() => void ask()}
      >
        <Trans>Add as friend</Trans>
      </Button>
      <FormError>{refusal?.message}</FormError>
    </>
  )
}

type Task = 'remove' | 'block'

function More({ isFriend, ...person }: PersonProps & { isFriend: boolean }) {
  const [task, setTask] = useState<Task>()
  const { name } = person
  const action = (kind: Task, label: string, Icon: typeof Ban): MenuAction => ({
    label,
    icon: <Icon size={18} aria-hidden="true" />,
    danger: true,
    run: () => {
      setTask(kind)
    },
  })
  const actions = [action('block', t`Block`, Ban)]
  if (isFriend) actions.unshift(action('remove', t`Remove as friend`, UserMinus))
  return (
    <>
      <Menu label={t`Actions for ${name}`} actions={actions} />
      {task && (
        <EndDialog
          {...person}
          task={task}
          onClose={() => {
            setTask(undefined)
          }}
        />
      )}
    </>
  )
}

function EndDialog({ id, name, task, onClose }: PersonProps & { task: Task; onClose: () => void }) {
  const notify = useNotify()
  const { refetch } = useFriends()
  const removing = useAction(RemoveFriend)
  const blocking = useAction(BlockUser)
  const unblocking = useAction(UnblockUser)
  const block = task === 'block'
  const { run, busy, refusal } = block ? blocking : removing

  async function end() {
    if (!(await run({ userId: id }))) return
    const unblock = { label: t`Unblock`, run: () => void unblocking.run({ userId: id }) }
    notify(
      block ? t`${name} is blocked` : t`${name} is not your friend any more`,
      block ? unblock : undefined,
    )
    await refetch()
    onClose()
  }

  return (
    <ConfirmDialog
      title={block ? t`Block ${name}?` : t`Remove ${name} as friend?`}
      action={block ? t`Block` : t`Remove`}
      busy={busy}
      error={refusal?.message}
      onConfirm={() => void end()}
      onClose={onClose}
    >
      {block ? (
        <Trans>
          The friendship ends, and <bdi>{name}</bdi> can send you no requests. In groups that you
          share nothing changes. They are not told.
        </Trans>
      ) : (
        <Trans>What is open between you stays, and can still be settled.</Trans>
      )}
    </ConfirmDialog>
  )
}
