import { t } from '@lingui/core/macro'
import { CircleAlert, Info } from 'lucide-react'
import { CategoryIcon, ItemList, splitSentence, useCategoryLabel } from '../expenses'
import type { DraftPartsFragment } from './documents.generated'
import type { People } from '../groups'
import { Amount } from '../../ui/Amount'
import { Avatar } from '../../ui/Avatar'
import { classes } from '../../ui/classes'
import { useRemarks } from './useRemarks'
import { factsOf, sourceOf } from './words'

interface DraftContentProps {
  draft: DraftPartsFragment
  people: People
}

/** Everything that was understood, as it would be saved. */
export function DraftContent({ draft, people }: DraftContentProps) {
  const { shares, items } = draft
  return (
    <>
      <What draft={draft} people={people} />
      {shares.length > 0 && <Shares draft={draft} people={people} />}
      {items.length > 0 && <ItemList items={items} people={people} />}
      <Problems draft={draft} />
      <p className="text-sm wrap-anywhere text-faint">{sourceOf(draft)}</p>
    </>
  )
}

function What({ draft, people }: DraftContentProps) {
  const label = useCategoryLabel()
  const { description, total, category } = draft
  return (
    <header className="flex items-center gap-3">
      <CategoryIcon category={category ?? 'other'} />
      <div className="min-w-0 grow">
        <h2 className={classes('text-lg wrap-anywhere', !description && 'text-muted')}>
          {description ?? t`What was it for?`}
        </h2>
        <p className="text-sm text-muted">{factsOf(draft, people, label)}</p>
      </div>
      {total && <Amount money={total} className="font-display text-xl font-semibold" />}
    </header>
  )
}

/** What everybody would owe, to the cent. */
function Shares({ draft: { shares, splitMode, total }, people }: DraftContentProps) {
  return (
    <div>
      {splitMode && (
        <h3 className="mb-2 font-sans text-sm font-semibold text-muted">
          {splitSentence(splitMode)}
        </h3>
      )}
      <ul
        aria-label={t`Shares`}
        className="grid grid-cols-[repeat(auto-fill,minmax(8rem,1fr))] gap-x-4 gap-y-2.5"
      >
        {shares.map(({ member: { id }, amount }) => (
          <li key={id} className="flex items-center gap-2.5">
            <Avatar name={people.name(id)} guest={people.isGuest(id)} size="small" />
            <span className="min-w-0 leading-tight">
              <span className="block truncate text-sm text-muted">{people.label(id)}</span>
              {total && <Amount money={amount} className="font-semibold" />}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What is missing, or what was taken for granted and should be looked at. */
export function Problems({ draft: { remarks, status } }: Pick<DraftContentProps, 'draft'>) {
  const problems = useRemarks(remarks)
  const failed = status === 'FAILED'
  const Icon = failed ? CircleAlert : Info
  if (problems.length === 0) return null
  return (
    <ul
      aria-label={failed ? t`What is missing` : t`To look at`}
      className={classes(
        'grid gap-1.5 rounded-xl px-3.5 py-2.5 text-sm',
        failed ? 'bg-minus-soft text-minus' : 'bg-tile text-muted',
      )}
    >
      {problems.map((problem) => (
        <li key={problem} className="flex gap-2">
          <Icon size={16} className="mt-0.5 shrink-0" aria-hidden="true" />
          {problem}
        </li>
      ))}
    </ul>
  )
}
