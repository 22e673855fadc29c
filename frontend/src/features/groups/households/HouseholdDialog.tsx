import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Masked } from '../../../api/fragments'
import { useAction } from '../../../api/useAction'
import { useActionForm } from '../../../api/useActionForm'
import { filled } from '../../../lib/filled'
import { Avatar } from '../../../ui/Avatar'
import { Button } from '../../../ui/Button'
import { Dialog, DialogFooter } from '../../../ui/Dialog'
import { FormError, TextField } from '../../../ui/Field'
import type { Person } from '../people'
import type { GroupLiveFragment } from '../documents.generated'
import { acceptGroup } from '../follow'
import { useGroup } from '../useGroup'
import { CreateHousehold, DeleteHousehold, UpdateHousehold } from './documents.generated'
import { useCandidates, type Household } from './useCandidates'

interface HouseholdDialogProps {
  /** Without one, a new household is made. */
  household: Household | undefined
  onClose: () => void
}

interface Form {
  name: string
  memberIds: string[]
}

export function HouseholdDialog({ household, onClose }: HouseholdDialogProps) {
  const { group } = useGroup()
  const { cache } = useApolloClient()
  const creating = useAction(CreateHousehold)
  const updating = useAction(UpdateHousehold)
  const deleting = useAction(DeleteHousehold)
  const candidates = useCandidates(household)
  const { field, register, onSubmit, general } = useActionForm<Form>({
    defaultValues: {
      name: household?.name ?? '',
      memberIds: household?.members.map(({ id }) => id) ?? [],
    },
    refusal: creating.refusal ?? updating.refusal ?? deleting.refusal,
  })
  const { error: wrongMembers } = field('memberIds')

  async function save({ name, memberIds }: Form) {
    const input = { groupId: group.id, name: name.trim(), memberIds }
    const saved = household
      ? (await updating.run({ ...input, id: household.id }))?.updateHousehold
      : (await creating.run(input))?.createHousehold
    done(saved)
  }

  async function remove(id: string) {
    done((await deleting.run({ groupId: group.id, id }))?.deleteHousehold)
  }

  function done(changed: Masked<GroupLiveFragment> | undefined) {
    if (!changed) return
    acceptGroup(cache, changed)
    onClose()
  }

  return (
    <Dialog title={household ? t`Edit household` : t`Add a household`} onClose={onClose}>
      <form onSubmit={onSubmit(save)} className="grid gap-5" noValidate>
        <TextField label={t`Name`} autoComplete="off" {...field('name', { validate: filled })} />
        <fieldset className="grid gap-1">
          <legend className="mb-1 text-sm font-semibold">
            <Trans>Who settles together?</Trans>
          </legend>
          {candidates.map((person) => (
            <Candidate
              key={person.id}
              person={person}
              box={register('memberIds', { validate: atLeastTwo })}
            />
          ))}
          <FormError>{wrongMembers}</FormError>
        </fieldset>
        <DialogFooter>
          <FormError>{general}</FormError>
          {household && (
            <Button look="quiet" busy={deleting.busy} onClick={() => void remove(household.id)}>
              <Trans>Delete</Trans>
            </Button>
          )}
          <Button type="submit" busy={creating.busy || updating.busy}>
            <Trans>Save</Trans>
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}

function atLeastTwo(ids: string[]): string | true {
  return ids.length >= 2 || t`Choose at least two.`
}

interface CandidateProps {
  person: Person
  box: ReturnType<ReturnType<typeof useActionForm<Form>>['register']>
}

function Candidate({ person: { id, name, isGuest }, box }: CandidateProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-1.5 transition-colors hover:bg-hover">
      <input type="checkbox" value={id} className="size-5 accent-brand" {...box} />
      <Avatar name={name} guest={isGuest} size="small" />
      <bdi className="min-w-0 grow truncate">{name}</bdi>
    </label>
  )
}
