import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { SquarePen } from 'lucide-react'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { readRefusal } from '../../api/refusal'
import { DraftLine } from '../../features/drafts/DraftLine'
import { openDraft } from '../../features/drafts/open'
import { useGroups, type GroupSummaryFragment } from '../../features/groups'
import { lastGroup } from '../../features/groups/lastGroup'
import { useLiveGroup, usePeople } from '../../features/groups/useGroup'
import { Button, LinkButton } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { SelectField } from '../../ui/Field'
import { Empty, Failure, Skeleton, SkeletonRows } from '../../ui/states'
import { dialogLink, useDialog } from '../../ui/useDialog'

/** Adds from anywhere: first the group, then a sentence, or the form. */
export function AddDialog() {
  const { close } = useDialog()
  const { groups, error, retry } = useGroups()
  return (
    <Dialog title={t`Add an expense`} onClose={close}>
      {!groups && !error && <SkeletonRows rows={2} label={t`Loading your groups`} />}
      {!groups && error && <Failure onRetry={retry}>{readRefusal(error).message}</Failure>}
      {groups?.length === 0 && <NoGroups />}
      {groups?.[0] && <Choice groups={groups} first={groups[0]} />}
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
      <Trans>Expenses are shared in a group: a trip, a flat, a dinner.</Trans>
    </Empty>
  )
}

interface ChoiceProps {
  groups: readonly GroupSummaryFragment[]
  first: GroupSummaryFragment
}

function Choice({ groups, first }: ChoiceProps) {
  const [chosen, setChosen] = useState(() => lastGroup())
  const known = groups.find(({ id }) => id === chosen) ?? first
  return (
    <div className="grid gap-5">
      <SelectField
        label={t`Group`}
        value={known.id}
        onChange={(event) => {
          setChosen(event.target.value)
        }}
      >
        {groups.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <AddTo key={known.id} groupId={known.id} />
    </div>
  )
}

function AddTo({ groupId }: { groupId: string }) {
  const navigate = useNavigate()
  const { group } = useLiveGroup(groupId)
  const people = usePeople(group)
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const show = (search = '') =>
    void navigate({ pathname: `/groups/${groupId}`, search }, { replace: true })

  if (!group || !people) return <Skeleton className="h-14" />
  return (
    <>
      <DraftLine
        group={group}
        people={people}
        field={field}
        first
        text={text}
        onText={setText}
        onDraft={(id) => {
          openDraft(groupId, id)
          show()
        }}
      />
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
