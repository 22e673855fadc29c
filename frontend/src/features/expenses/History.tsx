import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { formatMoment } from '../../lib/dates'
import type { People } from '../groups'
import type { Detail } from './edit'

interface HistoryProps {
  history: Detail['history']
  people: People
}

/** Who changed what, the latest first. */
export function History({ history, people }: HistoryProps) {
  return (
    <section aria-label={t`History`}>
      <h3 className="mb-1 font-sans text-sm font-semibold text-muted">
        <Trans>History</Trans>
      </h3>
      <ol className="grid gap-2 border-l border-line pl-4 text-sm">
        {history.toReversed().map(({ at, by, change }) => (
          <li key={at} className="wrap-anywhere">
            <span className="font-semibold">{people.label(by.id)}</span> {change}
            <time dateTime={at} className="block text-xs text-faint">
              {formatMoment(at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  )
}
