import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Bookmark } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { unmask } from '../../../api/fragments'
import type { People } from '../../groups'
import type { ExpenseForm } from '../form'
import { GroupPresets, type PresetPartsFragment } from './documents.generated'
import { startOf } from './preset'

interface PresetChipsProps {
  groupId: string
  people: People
  form: ExpenseForm
  change: (changes: Partial<ExpenseForm>) => void
  /** Called once with what new expenses of the group begin with, if that was chosen. */
  onDefault?: ((start: Partial<ExpenseForm>) => void) | undefined
}

/** What expenses of the group often begin with, each in one tap. */
export function PresetChips({ groupId, people, form, change, onDefault }: PresetChipsProps) {
  const { data } = useQuery(GroupPresets, { variables: { id: groupId } })
  const presets = unmask<PresetPartsFragment>(data?.group?.presets ?? [])
  const preset = presets.find(({ isDefault }) => isDefault)
  const begin = useEffectEvent(() => {
    if (preset) onDefault?.(startOf(preset, people))
  })
  useEffect(() => {
    begin()
  }, [preset?.id])

  if (presets.length === 0) return null
  return (
    <ul aria-label={t`Templates`} className="-mx-5 flex gap-2 overflow-x-auto px-5 py-0.5">
      {presets.map((each) => (
        <li key={each.id} className="shrink-0">
          <button
            type="button"
            onClick={() => {
              const description = form.description.trim() ? form.description : each.name
              change({ ...startOf(each, people), description })
            }}
            className="flex min-h-11 max-w-60 items-center gap-1.5 rounded-full border border-line px-3.5 text-sm font-semibold text-muted transition-colors hover:bg-hover"
          >
            <Bookmark size={15} className="shrink-0" aria-hidden="true" />
            <bdi className="truncate">{each.name}</bdi>
          </button>
        </li>
      ))}
    </ul>
  )
}
