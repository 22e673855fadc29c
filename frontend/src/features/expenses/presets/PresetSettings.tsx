import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { unmask } from '../../../api/fragments'
import { useAction } from '../../../api/useAction'
import { Button, IconButton } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { useGroup } from '../../groups'
import { useCategoryLabel } from '../categories'
import { DeletePreset, GroupPresets, type PresetPartsFragment } from './documents.generated'
import { presetSentence } from './preset'
import { PresetForm } from './PresetForm'

/** What expenses of a group often begin with, and what all of them begin with. */
export function PresetSettings() {
  const { group } = useGroup()
  const { data, refetch } = useQuery(GroupPresets, { variables: { id: group.id } })
  const [adding, setAdding] = useState(false)
  if (!data?.group?.presets) return null
  const presets = unmask<PresetPartsFragment>(data.group.presets)
  return (
    <section aria-labelledby="presets" className="grid gap-3">
      <div className="flex items-center gap-3 px-1">
        <h2 id="presets" className="grow text-lg">
          <Trans>Templates</Trans>
        </h2>
        {!adding && (
          <Button
            look="secondary"
            size="small"
            icon={<Plus size={16} aria-hidden="true" />}
            onClick={() => {
              setAdding(true)
            }}
          >
            <Trans>Add a template</Trans>
          </Button>
        )}
      </div>
      <div className="card divide-y divide-line">
        {adding && (
          <PresetForm
            onSaved={() => void refetch()}
            onClose={() => {
              setAdding(false)
            }}
          />
        )}
        {presets.length === 0 && !adding && (
          <p className="p-4 text-sm text-muted">
            <Trans>
              Groceries 60 to 40, or rent by shares: a template fills in who pays and how it is
              split, in one tap or in every new expense.
            </Trans>
          </p>
        )}
        {presets.length > 0 && (
          <ul className="divide-y divide-line">
            {presets.map((preset) => (
              <PresetRow key={preset.id} preset={preset} onChanged={() => void refetch()} />
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

interface PresetRowProps {
  preset: PresetPartsFragment
  onChanged: () => void
}

function PresetRow({ preset, onChanged }: PresetRowProps) {
  const { id, name, isDefault } = preset
  const { people } = useGroup()
  const categoryLabel = useCategoryLabel()
  const [editing, setEditing] = useState(false)
  const { run, busy, refusal } = useAction(DeletePreset)
  if (editing) {
    return (
      <li>
        <PresetForm
          preset={preset}
          onSaved={onChanged}
          onClose={() => {
            setEditing(false)
          }}
        />
      </li>
    )
  }
  return (
    <li className="grid gap-2 py-2 pr-2 pl-4">
      <div className="flex items-center gap-1">
        <div className="min-w-0 grow">
          <p className="flex items-baseline gap-2">
            <bdi className="truncate font-semibold">{name}</bdi>
            {isDefault && (
              <span className="shrink-0 text-sm text-brand">
                <Trans>in every new expense</Trans>
              </span>
            )}
          </p>
          <p className="text-sm wrap-anywhere text-muted">
            {presetSentence(preset, people, categoryLabel)}
          </p>
        </div>
        <IconButton
          label={t`Change the template ${name}`}
          onClick={() => {
            setEditing(true)
          }}
        >
          <Pencil size={18} aria-hidden="true" />
        </IconButton>
        <IconButton
          label={t`Remove the template ${name}`}
          disabled={busy}
          onClick={() => void run({ id }).then(onChanged)}
        >
          <Trash2 size={18} aria-hidden="true" />
        </IconButton>
      </div>
      <FormError>{refusal?.message}</FormError>
    </li>
  )
}
