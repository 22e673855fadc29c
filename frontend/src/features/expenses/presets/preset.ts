import { t } from '@lingui/core/macro'
import { unmask } from '../../../api/fragments'
import type { SplitMode } from '../../../api/schema.generated'
import { formatHundredths, toHundredths } from '../../../lib/money'
import type { People } from '../../groups'
import type { EnteredSplitFragment } from '../documents.generated'
import { enteredSplit } from '../entered'
import type { ExpenseForm } from '../form'
import { emptySplit, splitSentence } from '../split'
import type { PresetPartsFragment } from './documents.generated'

/** How a preset can split: it does not know any amounts. */
export const PRESET_MODES: readonly SplitMode[] = ['EQUAL', 'PERCENT', 'WEIGHTS']

/** The fields of an expense that a preset fills. Who has left the group takes no part. */
export function startOf(preset: PresetPartsFragment, people: People): Partial<ExpenseForm> {
  const members = people.active.map(({ id }) => id)
  const { payer, category } = preset
  return {
    ...splitOf(preset, members),
    several: false,
    payer: payer && members.includes(payer.id) ? payer.id : people.viewerId,
    ...(category && { category }),
  }
}

/** The split of a preset as one would have typed it. */
export function splitOf({ splitMode, splitInput }: PresetPartsFragment, members: string[]) {
  // No amounts are in it, so that any currency will do.
  const total = { amount: '0.00', currency: 'EUR' }
  return { ...emptySplit(), mode: splitMode, ...enteredSplit({ total }, splitInput, members) }
}

/** "Ada 60%, Ben 40% · paid by Ben · Groceries" */
export function presetSentence(
  preset: PresetPartsFragment,
  people: People,
  categoryLabel: (category: string) => string,
): string {
  const { payer, category } = preset
  const name = payer && people.inline(payer.id)
  return [
    sharesText(preset, people),
    name && t`paid by ${name}`,
    category && categoryLabel(category),
  ]
    .filter(Boolean)
    .join(' · ')
}

function sharesText({ splitMode, splitInput }: PresetPartsFragment, people: People): string {
  const { percent } = unmask<EnteredSplitFragment>(splitInput)
  if (!percent) return splitSentence(splitMode)
  return percent
    .map(
      (part) => `${people.label(part.memberId)} ${formatHundredths(toHundredths(part.percent))}%`,
    )
    .join(', ')
}
