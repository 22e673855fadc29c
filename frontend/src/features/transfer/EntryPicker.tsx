import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { formatDayAndYear } from '../../lib/dates'
import { ShownAmount } from '../../api/ShownAmount'
import { Button } from '../../ui/Button'
import type { ImportOutcome } from './useImport'

interface EntryPickerProps {
  entries: NonNullable<ImportOutcome['entries']>
  /** The lines that are left out. */
  left: ReadonlySet<number>
  onLeave: (left: ReadonlySet<number>) => void
}

/** What a statement holds, to pick the shared expenses from. */
export function EntryPicker({ entries, left, onLeave }: EntryPickerProps) {
  const all = entries.length
  const picked = entries.filter(({ line }) => !left.has(line)).length
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-semibold text-muted">
        <Trans>What to import</Trans>
      </legend>
      <div className="flex flex-wrap items-center gap-2">
        <span className="grow text-sm" role="status">
          <Trans>
            {picked} of {all} chosen
          </Trans>
        </span>
        <Button
          look="quiet"
          disabled={picked === all}
          onClick={() => {
            onLeave(new Set())
          }}
        >
          <Trans>All</Trans>
        </Button>
        <Button
          look="quiet"
          disabled={picked === 0}
          onClick={() => {
            onLeave(new Set(entries.map(({ line }) => line)))
          }}
        >
          <Trans>None</Trans>
        </Button>
      </div>
      <ul className="max-h-80 overflow-y-auto" aria-label={t`What to import`}>
        {entries.map(({ line, description, date, total }) => (
          <li key={line} className="[contain-intrinsic-size:auto_3.5rem] [content-visibility:auto]">
            <label className="flex min-h-14 items-center gap-3 rounded-xl px-1.5 py-1 hover:bg-hover">
              <input
                type="checkbox"
                className="size-5 shrink-0 accent-brand"
                checked={!left.has(line)}
                onChange={({ target }) => {
                  onLeave(target.checked ? without(left, line) : new Set([...left, line]))
                }}
              />
              <span className="min-w-0 grow">
                <span className="block truncate">
                  <bdi>{description}</bdi>
                </span>
                <span className="block text-sm text-muted">{formatDayAndYear(date)}</span>
              </span>
              <ShownAmount of={total} className="font-semibold" />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function without(left: ReadonlySet<number>, line: number): ReadonlySet<number> {
  return new Set([...left].filter((other) => other !== line))
}
