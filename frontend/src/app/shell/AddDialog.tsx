import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { SquarePen } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { readRefusal } from '../../api/refusal'
import { DraftLine } from '../../features/drafts/DraftLine'
import { openDraft } from '../../features/drafts/open'
import { useDraftLine } from '../../features/drafts/useDraftLine'
import { type Friend, useDirectGroup, useFriends } from '../../features/friends'
import { useGroups, type GroupSummaryFragment } from '../../features/groups'
import { Groups } from '../../features/groups/list.generated'
import { lastGroup } from '../../features/groups/lastGroup'
import { friendIn, groupTitle, isDirect } from '../../features/groups/title'
import { useLiveGroup, usePeople } from '../../features/groups/useGroup'
import { Button, LinkButton } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { SelectField } from '../../ui/Field'
import { Empty, Failure, Skeleton, SkeletonRows } from '../../ui/states'
import { dialogLink, useDialog } from '../../ui/useDialog'

/** Adds from anywhere: first with whom, then a sentence, or the form. */
export function AddDialog() {
  const { close } = useDialog()
  const { groups, error, retry } = useGroups({ all: true })
  const { friends } = useFriends()
  return (
    <Dialog title={t`Add an expense`} onClose={close}>
      {(!groups || !friends) && !error && <SkeletonRows rows={2} label={t`Loading your groups`} />}
      {!groups && error && <Failure onRetry={retry}>{readRefusal(error).message}</Failure>}
      {groups && friends && groups.length + friends.length === 0 && <NoGroups />}
      {groups && friends && groups.length + friends.length > 0 && (
        <Choice groups={groups} friends={friends} />
      )}
    </Dialog>
  )
}

function NoGroups() {
  return (
    <Empty
      icon={<SquarePen size={26} aria-hidden="true" />}
      title={t`First, a group`}
      action={
        <LinkButton {...dialogLink('group')}>
          <Trans>New group</Trans>
        </LinkButton>
      }
    >
      <Trans>Expenses are shared in a group or with a friend: a trip, a flat, a dinner.</Trans>
    </Empty>
  )
}

interface ChoiceProps {
  groups: readonly GroupSummaryFragment[]
  friends: readonly Friend[]
}

/** Groups first, then friends: with a friend, it goes into what the two share. */
function Choice({ groups, friends }: ChoiceProps) {
  const client = useApolloClient()
  const { open, busy, refusal } = useDirectGroup()
  const [chosen, setChosen] = useState(() => lastGroup())
  const known = groups.find(({ id }) => id === chosen) ?? groups[0]
  const own = groups.filter((group) => !isDirect(group))
  const direct = groups.filter(isDirect)
  const met = new Set(direct.map((group) => friendIn(group)?.user?.id))
  const others = friends.filter(({ id }) => !met.has(id))

  async function choose(id: string) {
    if (!others.some((friend) => friend.id === id)) {
      setChosen(id)
      return
    }
    const group = await open(id)
    if (!group) return
    await client.refetchQueries({ include: [Groups] })
    setChosen(group)
  }

  return (
    <div className="grid gap-5">
      <SelectField
        label={t`With`}
        value={known?.id ?? ''}
        disabled={busy}
        error={refusal?.message}
        onChange={({ target }) => void choose(target.value)}
      >
        {!known && (
          <option value="">
            <Trans>Choose</Trans>
          </option>
        )}
        {own.length > 0 && (
          <optgroup label={t`Groups`}>
            {own.map((group) => (
              <option key={group.id} value={group.id}>
                {group.name}
              </option>
            ))}
          </optgroup>
        )}
        {direct.length + others.length > 0 && (
          <optgroup label={t`Friends`}>
            {[...direct.map((group) => ({ id: group.id, name: groupTitle(group) })), ...others].map(
              ({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ),
            )}
          </optgroup>
        )}
      </SelectField>
      {known && <AddTo key={known.id} groupId={known.id} />}
    </div>
  )
}

function AddTo({ groupId }: { groupId: string }) {
  const navigate = useNavigate()
  const { group } = useLiveGroup(groupId)
  const people = usePeople(group)
  const show = (search = '') =>
    void navigate({ pathname: `/groups/${groupId}`, search }, { replace: true })
  const line = useDraftLine(groupId, (id) => {
    openDraft(groupId, id)
    show()
  })

  if (!group || !people) return <Skeleton className="h-14" />
  return (
    <>
      <DraftLine line={line} people={people} first />
      <Button
        look="secondary"
        icon={<SquarePen size={18} aria-hidden="true" />}
        onClick={() => {
          show(dialogLink('expense').to.search)
        }}
      >
        <Trans>Fill in the form</Trans>
      </Button>
    </>
  )
}
