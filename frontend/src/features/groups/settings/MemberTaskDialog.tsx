import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useAction } from '../../../api/useAction'
import { useActionForm } from '../../../api/useActionForm'
import { filled } from '../../../lib/filled'
import { Button } from '../../../ui/Button'
import { ConfirmDialog } from '../../../ui/ConfirmDialog'
import { Dialog, DialogFooter } from '../../../ui/Dialog'
import { FormError, TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import type { Person } from '../people'
import { HandOverGroup, RemoveMember, RenameGuest } from './documents.generated'
import type { MemberTask } from './MemberMenu'

interface MemberTaskDialogProps {
  task: MemberTask
  onDone: () => void
  onClose: () => void
}

/** Asks for what a task needs, and does it. */
export function MemberTaskDialog({ task, ...rest }: MemberTaskDialogProps) {
  if (task.kind === 'rename') return <Rename person={task.person} {...rest} />
  if (task.kind === 'remove') return <Remove person={task.person} {...rest} />
  if (task.kind === 'handOver') return <HandOver person={task.person} {...rest} />
  return null
}

interface TaskProps {
  person: Person
  onDone: () => void
  onClose: () => void
}

function Remove({ person: { id, name }, onDone, onClose }: TaskProps) {
  const notify = useNotify()
  const { run, busy, refusal } = useAction(RemoveMember)

  async function remove() {
    if (!(await run({ memberId: id }))) return
    notify(t`${name} is not in the group any more`)
    onDone()
  }

  return (
    <ConfirmDialog
      title={t`Remove ${name}?`}
      action={t`Remove`}
      busy={busy}
      error={refusal?.message}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <Trans>
        <bdi>{name}</bdi> will not see the group any more. The balance stays and can still be
        settled.
      </Trans>
    </ConfirmDialog>
  )
}

function HandOver({ person: { id, name }, onDone, onClose }: TaskProps) {
  const notify = useNotify()
  const { run, busy, refusal } = useAction(HandOverGroup)

  async function handOver() {
    if (!(await run({ memberId: id }))) return
    notify(t`${name} is the owner now`)
    onDone()
  }

  return (
    <ConfirmDialog
      title={t`Make ${name} the owner?`}
      action={t`Make owner`}
      busy={busy}
      error={refusal?.message}
      onConfirm={() => void handOver()}
      onClose={onClose}
    >
      <Trans>You become an admin, and only the new owner can change that.</Trans>
    </ConfirmDialog>
  )
}

function Rename({ person, onDone, onClose }: TaskProps) {
  const { run, busy, refusal } = useAction(RenameGuest)
  const { field, onSubmit, general } = useActionForm({
    defaultValues: { name: person.name },
    refusal,
  })

  async function rename({ name }: { name: string }) {
    if (await run({ memberId: person.id, name: name.trim() })) onDone()
  }

  return (
    <Dialog title={t`Rename a guest`} onClose={onClose}>
      <form onSubmit={onSubmit(rename)} className="grid gap-5" noValidate>
        <TextField label={t`Name`} autoComplete="off" {...field('name', { validate: filled })} />
        <DialogFooter>
          <FormError>{general}</FormError>
          <Button type="submit" busy={busy}>
            <Trans>Save</Trans>
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
