import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Lightbulb } from 'lucide-react'
import { Link } from 'react-router'
import { dialogLink } from '../../ui/useDialog'
import { formatDay } from '../../lib/dates'
import type { ExpensePartsFragment } from './documents.generated'
import type { People } from '../groups'
import { Button } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { FormError } from '../../ui/Field'
import { useCategoryLabel } from './categories'
import { partsLabel } from './effect'
import { useAdvice } from './useAdvice'

type Given = NonNullable<ExpensePartsFragment['advice']>

interface AdviceProps {
  expense: ExpensePartsFragment
  people: People
  /** As a line of a list: a phone leaves the reason to the dialog. */
  brief?: boolean
  /** It is applied or dismissed, and no longer to be seen. */
  onDone?: () => void
}

/** What an advisor thinks of an expense. Nothing happens until a person wants it. */
export function Advice(props: AdviceProps) {
  const { advice, deletedAt, editable } = props.expense
  // The person chose the category, so the list shows no advice about it; the opened expense does.
  const isForDialog = props.brief && advice?.category
  return advice && editable && !deletedAt && !isForDialog ? (
    <Chip {...props} advice={advice} />
  ) : null
}

function Chip({ expense, people, advice, brief, onDone }: AdviceProps & { advice: Given }) {
  const { description } = expense
  const { accept, dismiss, busy, refusal } = useAdvice(expense, () => onDone?.())
  return (
    <div
      role="group"
      aria-label={t`Advice for ${description}`}
      className={classes(
        'animate-rise rounded-xl pl-3',
        brief ? 'mr-2.5 mb-2 ml-15.5 border border-line' : 'bg-brand-soft p-1',
      )}
    >
      <div className="flex flex-wrap items-center justify-end gap-x-1">
        <p
          className={classes(
            'flex grow basis-0 gap-2 py-1.5 text-sm leading-5',
            brief ? 'min-w-28' : 'min-w-60',
          )}
        >
          <Lightbulb size={16} className="mt-0.5 shrink-0 text-brand" aria-hidden="true" />
          <span className="wrap-anywhere">
            <Headline advice={advice} people={people} />{' '}
            {!advice.duplicateOf && (
              <span className={classes('text-muted', brief && 'max-sm:sr-only')}>
                {advice.category ? t`The title suggests it.` : t`The notes describe other shares.`}
              </span>
            )}
          </span>
        </p>
        <span className="flex">
          <Button look="quiet" size="small" busy={busy} onClick={() => void accept()}>
            {advice.duplicateOf ? t`Delete this one` : t`Apply`}
          </Button>
          <Button
            look="quiet"
            size="small"
            className="text-muted!"
            disabled={busy}
            onClick={() => void dismiss()}
          >
            <Trans>Dismiss</Trans>
          </Button>
        </span>
      </div>
      <FormError>{refusal?.message}</FormError>
    </div>
  )
}

/** The advice itself. A duplicate is its own reason; others have theirs beside them. */
function Headline({ advice, people }: { advice: Given; people: People }) {
  const { category, duplicateOf, shares } = advice
  const description = duplicateOf?.description
  const day = duplicateOf && formatDay(duplicateOf.date)
  const parts = partsLabel(shares, people)
  const label = useCategoryLabel()
  return (
    <span className="font-semibold">
      {duplicateOf && (
        <Trans>
          Looks like a duplicate of{' '}
          <Link {...dialogLink('show', { expense: duplicateOf.id })} className="underline">
            “<bdi>{description}</bdi>”
          </Link>{' '}
          of {day}.
        </Trans>
      )}
      {shares.length > 0 && t`The notes say: ${parts}.`}
      {category && `${label(category)}?`}
    </span>
  )
}
