import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ExpensePart, RevisionAction } from '../../api/schema.generated'
import { formatDay, formatMoment } from '../../lib/dates'
import { formatMoney } from '../../lib/money'
import type { People } from '../groups'
import { useCategoryLabel } from './categories'
import type { Detail } from './edit'

type Revision = Detail['history'][number]

interface HistoryProps {
  /** From the first version on. */
  history: Detail['history']
  people: People
}

const OWN_ACTIONS: Record<RevisionAction, MessageDescriptor> = {
  ADDED: msg`You added it`,
  CHANGED: msg`You changed it`,
  DELETED: msg`You deleted it`,
  RESTORED: msg`You restored it`,
  ATTACHED: msg`You attached a file`,
  DETACHED: msg`You removed a file`,
}

const PARTS: Record<ExpensePart, MessageDescriptor> = {
  DESCRIPTION: msg`Description`,
  TOTAL: msg`Amount`,
  DATE: msg`Date`,
  CATEGORY: msg`Category`,
  NOTES: msg`Notes`,
  RATE: msg`Rate`,
  PAYERS: msg`Who paid`,
  SPLIT: msg`Split`,
}

/** Who changed what, the latest first. */
export function History({ history, people }: HistoryProps) {
  const rows = history.map((revision, index) => ({ revision, before: history[index - 1] }))
  return (
    <section aria-label={t`History`}>
      <h3 className="mb-1 font-sans text-sm font-semibold text-muted">
        <Trans>History</Trans>
      </h3>
      <ol className="grid gap-2 border-l border-line pl-4 text-sm">
        {rows.toReversed().map(({ revision, before }) => (
          <li key={revision.at} className="wrap-anywhere">
            <p className="font-semibold">
              <Deed revision={revision} people={people} />
            </p>
            {revision.attachment && <p>{revision.attachment}</p>}
            {revision.changed.map((part) => (
              <p key={part}>
                <Change part={part} revision={revision} before={before} />
              </p>
            ))}
            <time dateTime={revision.at} className="block text-xs text-faint">
              {formatMoment(revision.at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Deed({ revision: { action, by }, people }: { revision: Revision; people: People }) {
  if (people.isViewer(by.id)) return t(OWN_ACTIONS[action])
  const name = <bdi>{people.name(by.id)}</bdi>
  switch (action) {
    case 'ADDED':
      return <Trans>{name} added it</Trans>
    case 'CHANGED':
      return <Trans>{name} changed it</Trans>
    case 'DELETED':
      return <Trans>{name} deleted it</Trans>
    case 'RESTORED':
      return <Trans>{name} restored it</Trans>
    case 'ATTACHED':
      return <Trans>{name} attached a file</Trans>
    case 'DETACHED':
      return <Trans>{name} removed a file</Trans>
  }
}

interface ChangeProps {
  part: ExpensePart
  revision: Revision
  before: Revision | undefined
}

/** "Amount: €90.00 → €100.00"; for parts that are a list, only that they differ. */
function Change({ part, revision, before }: ChangeProps) {
  const categoryLabel = useCategoryLabel()
  const now = valueOf(part, revision, categoryLabel)
  const then = before && valueOf(part, before, categoryLabel)
  return (
    <>
      {t(PARTS[part])}
      {now && then && (
        <>
          : <bdi className="text-muted">{then}</bdi> → <bdi>{now}</bdi>
        </>
      )}
    </>
  )
}

function valueOf(
  part: ExpensePart,
  revision: Revision,
  categoryLabel: (category: string) => string,
): string | undefined {
  switch (part) {
    case 'DESCRIPTION':
      return revision.description
    case 'TOTAL':
      return formatMoney(revision.total)
    case 'DATE':
      return formatDay(revision.date)
    case 'CATEGORY':
      return categoryLabel(revision.category)
    case 'NOTES':
    case 'RATE':
    case 'PAYERS':
    case 'SPLIT':
      return undefined
  }
}
