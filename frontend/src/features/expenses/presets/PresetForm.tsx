import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ComponentProps } from 'react'
import { useWatch, type Path, type PathValue } from 'react-hook-form'
import type { PresetInput } from '../../../api/schema.generated'
import { useAction } from '../../../api/useAction'
import { useActionForm } from '../../../api/useActionForm'
import { SendButton } from '../../../api/SendButton'
import { today } from '../../../lib/dates'
import { filled } from '../../../lib/filled'
import { Button } from '../../../ui/Button'
import { FormError, SelectField, TextField } from '../../../ui/Field'
import { SwitchField } from '../../../ui/SwitchField'
import { useGroup, type GroupContext, type People } from '../../groups'
import { useCategoryChoices, useCategoryLabel } from '../categories'
import { emptyForm, readForm, type ExpenseForm, type Reading } from '../form'
import { readSplit } from '../split'
import { SplitField } from '../SplitField'
import { CreatePreset, UpdatePreset, type PresetPartsFragment } from './documents.generated'
import { PRESET_MODES, splitOf } from './preset'

/** What an expense begins with; its description is the name of the preset. */
type Values = ExpenseForm & { isDefault: boolean }

function valuesOf(
  preset: PresetPartsFragment | undefined,
  { group, people }: GroupContext,
): Values {
  // Nobody: whoever enters the expense.
  const empty = emptyForm(group.currency, today(), '')
  if (!preset) return { ...empty, isDefault: false }
  const { name, category, payer, isDefault } = preset
  const members = people.active.map(({ id }) => id)
  const split = splitOf(preset, members)
  return {
    ...empty,
    ...split,
    description: name,
    category: category ?? '',
    payer: payer && members.includes(payer.id) ? payer.id : '',
    isDefault,
  }
}

interface PresetFormProps {
  /** The preset that is changed; a new one without it. */
  preset?: PresetPartsFragment
  onSaved: () => void
  onClose: () => void
}

/** What a preset is called, who pays, how it is split, and whether every new expense begins with it. */
export function PresetForm({ preset, onSaved, onClose }: PresetFormProps) {
  const context = useGroup()
  const { group, people } = context
  const { save, busy, refusal } = useSaving(group.id, preset)
  const { control, field, onSubmit, general, setValue, formState } = useActionForm<Values>({
    defaultValues: valuesOf(preset, context),
    refusal,
    places: { name: 'description' },
  })
  const form = useWatch({ control }) as Values
  const reading = readingOf(form, people)

  async function submit({ description, category, payer, isDefault }: Values) {
    if (!reading.split) return
    const name = description.trim()
    const start = { name, category: category || null, payerId: payer || null, isDefault }
    if (!(await save({ ...start, split: reading.split }))) return
    onSaved()
    onClose()
  }

  return (
    <form onSubmit={onSubmit(submit)} className="grid gap-4 p-4" noValidate>
      <TextField
        label={t`Name`}
        autoComplete="off"
        {...field('description', { validate: filled })}
      />
      <div className="grid grid-cols-2 gap-3">
        <PayerField people={people} {...field('payer')} />
        <CategoryField chosen={form.category} {...field('category')} />
      </div>
      <SplitField
        form={form}
        change={(changes) => {
          for (const [key, value] of Object.entries(changes) as Entry[]) setValue(key, value)
        }}
        reading={reading}
        errors={formState.isSubmitted ? reading.errors : {}}
        modes={PRESET_MODES}
        people={people}
        members={people.active}
        preview={undefined}
      />
      <SwitchField
        label={t`In every new expense`}
        hint={t`New expenses of the group begin with it.`}
        {...field('isDefault')}
      />
      <FormError>{general}</FormError>
      <div className="flex flex-wrap gap-2">
        <SendButton busy={busy}>
          <Trans>Save template</Trans>
        </SendButton>
        <Button look="quiet" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  )
}

/** Percentages add up without a total. */
function readingOf(form: ExpenseForm, people: People): Reading {
  const members = people.active.map(({ id }) => id)
  const { left } = readSplit(form, members, { minor: 0n, currency: form.currency, sign: 1n })
  return { ...readForm(form, members), splitLeft: left }
}

/** Saves a preset, new or changed; resolves with whether it is saved. */
function useSaving(groupId: string, preset: PresetPartsFragment | undefined) {
  const creating = useAction(CreatePreset)
  const updating = useAction(UpdatePreset)
  return {
    save: async (input: PresetInput) =>
      Boolean(
        preset
          ? await updating.run({ id: preset.id, input })
          : await creating.run({ groupId, input }),
      ),
    busy: creating.busy || updating.busy,
    refusal: creating.refusal ?? updating.refusal,
  }
}

type Name = Path<Values>
type Entry = [Name, PathValue<Values, Name>]

type SelectProps = Omit<ComponentProps<typeof SelectField>, 'label'>

function PayerField({ people, ...select }: SelectProps & { people: People }) {
  return (
    <SelectField label={t`Paid by`} {...select}>
      <option value="">{t`Whoever enters it`}</option>
      {people.active.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}

function CategoryField({ chosen, ...select }: SelectProps & { chosen: string }) {
  const label = useCategoryLabel()
  const choices = useCategoryChoices(chosen)
  return (
    <SelectField label={t`Category`} {...select}>
      <option value="">{t`From the title`}</option>
      {choices.map((category) => (
        <option key={category} value={category}>
          {label(category)}
        </option>
      ))}
    </SelectField>
  )
}
