import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ComponentProps, ReactNode } from 'react'
import { useAction } from '../../../api/useAction'
import { useActionForm } from '../../../api/useActionForm'
import type { CategoryInput } from '../../../api/schema.generated'
import { SendButton } from '../../../api/SendButton'
import { filled } from '../../../lib/filled'
import { Button } from '../../../ui/Button'
import { FormError, TextField } from '../../../ui/Field'
import { CreateCategory, UpdateCategory, type CustomCategoryFragment } from './documents.generated'

const ICONS = '🏷️ 🏄 ⛷️ 🏕️ 🚴 ⚽ 🎮 🎵 📚 🎓 👶 🐶 🐱 🌱 🔧 🚗 ⛽ 🅿️ ☕ 🍺 🍰 🧹 💻 💼'.split(' ')

const COLOURS: readonly (readonly [colour: string, label: MessageDescriptor])[] = [
  ['#7b3fa0', msg`Purple`],
  ['#1f6f8b', msg`Blue`],
  ['#0a7a64', msg`Teal`],
  ['#5a8a1c', msg`Green`],
  ['#c99a12', msg`Yellow`],
  ['#d06a1e', msg`Orange`],
  ['#c23b5e', msg`Pink`],
  ['#6b6475', msg`Grey`],
]

const NEW: CategoryInput = { name: '', icon: ICONS[0] ?? '', colour: COLOURS[0]?.[0] ?? '' }

interface CategoryFormProps {
  groupId: string
  /** The category that is changed; a new one without it. */
  category?: CustomCategoryFragment
  onSaved: () => void
  onClose: () => void
}

/** What a category is called, and its icon and colour. */
export function CategoryForm({ groupId, category, onSaved, onClose }: CategoryFormProps) {
  const creating = useAction(CreateCategory)
  const updating = useAction(UpdateCategory)
  const { name, icon, colour } = category ?? NEW
  const { field, register, onSubmit, general } = useActionForm<CategoryInput>({
    defaultValues: { name, icon, colour },
    refusal: creating.refusal ?? updating.refusal,
  })

  async function save(input: CategoryInput) {
    const saved = category
      ? await updating.run({ id: category.id, input })
      : await creating.run({ groupId, input })
    if (!saved) return
    onSaved()
    onClose()
  }

  return (
    <form onSubmit={onSubmit(save)} className="grid gap-4 p-4" noValidate>
      <TextField label={t`Name`} autoComplete="off" {...field('name', { validate: filled })} />
      <Choices label={t`Icon`}>
        {withChosen(ICONS, icon).map((each) => (
          <Choice key={each} label={each} value={each} {...register('icon')}>
            <span className="text-xl">{each}</span>
          </Choice>
        ))}
      </Choices>
      <Choices label={t`Colour`}>
        {withChosen(
          COLOURS.map(([each]) => each),
          colour,
        ).map((each) => (
          <Choice key={each} label={colourLabel(each)} value={each} {...register('colour')}>
            <span className="size-7 rounded-full" style={{ backgroundColor: each }} />
          </Choice>
        ))}
      </Choices>
      <FormError>{general}</FormError>
      <div className="flex flex-wrap gap-2">
        <SendButton busy={creating.busy || updating.busy}>
          <Trans>Save category</Trans>
        </SendButton>
        <Button look="quiet" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  )
}

/** What can be chosen, and what was chosen elsewhere. */
function withChosen(choices: readonly string[], chosen: string): readonly string[] {
  return choices.includes(chosen) ? choices : [chosen, ...choices]
}

function colourLabel(colour: string): string {
  const [, label] = COLOURS.find(([each]) => each === colour) ?? []
  return label ? t(label) : colour
}

function Choices({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-semibold">{label}</legend>
      <div className="flex flex-wrap gap-1">{children}</div>
    </fieldset>
  )
}

interface ChoiceProps extends ComponentProps<'input'> {
  label: string
}

/** One of several, shown as a picture. */
function Choice({ label, children, ...input }: ChoiceProps) {
  return (
    <label className="relative grid size-11 place-items-center rounded-xl border-2 border-transparent hover:bg-hover has-checked:border-brand has-checked:bg-brand-soft has-focus-visible:outline-2 has-focus-visible:outline-brand">
      <input
        type="radio"
        aria-label={label}
        {...input}
        className="absolute inset-0 size-full cursor-pointer appearance-none rounded-xl outline-none"
      />
      <span aria-hidden="true" className="pointer-events-none grid place-items-center">
        {children}
      </span>
    </label>
  )
}
