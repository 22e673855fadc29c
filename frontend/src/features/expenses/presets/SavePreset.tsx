import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { BookmarkPlus } from 'lucide-react'
import { useState } from 'react'
import { useAction } from '../../../api/useAction'
import { Button } from '../../../ui/Button'
import { TextField } from '../../../ui/Field'
import { useNotify } from '../../../ui/Notices'
import type { ExpenseForm, Reading } from '../form'
import { CreatePreset, GroupPresets } from './documents.generated'
import { PRESET_MODES } from './preset'

interface SavePresetProps {
  groupId: string
  viewerId: string
  form: ExpenseForm
  reading: Reading
}

/** Keeps who pays and how it is split for the next time, where that is worth keeping. */
export function SavePreset(props: SavePresetProps) {
  const { form, reading, viewerId } = props
  const [open, setOpen] = useState(false)
  const everybody = form.mode === 'EQUAL' && !Object.values(form.without).some(Boolean)
  const plain = everybody && form.payer === viewerId && !form.category
  const keepable = PRESET_MODES.includes(form.mode) && reading.split && !form.kept && !form.several
  if (!keepable || plain) return null
  if (open) {
    return (
      <Naming
        {...props}
        onDone={() => {
          setOpen(false)
        }}
      />
    )
  }
  return (
    <Button
      look="quiet"
      className="-ml-3 w-fit px-3!"
      icon={<BookmarkPlus size={18} aria-hidden="true" />}
      onClick={() => {
        setOpen(true)
      }}
    >
      <Trans>Save as a template</Trans>
    </Button>
  )
}

/** Inside the form of the expense, so that it can be no form itself. */
function Naming(props: SavePresetProps & { onDone: () => void }) {
  const { groupId, viewerId, form, reading, onDone } = props
  const client = useApolloClient()
  const notify = useNotify()
  const { run, busy, refusal } = useAction(CreatePreset)
  const [name, setName] = useState(form.description)

  async function save() {
    if (!reading.split || !name.trim()) return
    const input = {
      name: name.trim(),
      category: form.category || null,
      // Whoever enters the expense pays it, as now.
      payerId: form.payer === viewerId ? null : form.payer,
      split: reading.split,
    }
    if (!(await run({ groupId, input }))) return
    await client.refetchQueries({ include: [GroupPresets] })
    notify(t`Template saved`)
    onDone()
  }

  return (
    <div className="grid gap-2 rounded-xl bg-tile p-3.5">
      <TextField
        label={t`Name of the template`}
        autoComplete="off"
        error={refusal?.message}
        value={name}
        onChange={({ target }) => {
          setName(target.value)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          void save()
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button size="small" busy={busy} disabled={!name.trim()} onClick={() => void save()}>
          <Trans>Save template</Trans>
        </Button>
        <Button look="quiet" size="small" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </div>
  )
}
