import { Trans } from '@lingui/react/macro'

/** What stands in the place of a narrowed list with nothing in it. */
export function NothingFound({ searched, filtered }: { searched: string; filtered: boolean }) {
  return (
    <p role="status" className="px-4 py-8 text-center text-muted">
      {searched && !filtered ? (
        <Trans>No expense has “{searched}” in it.</Trans>
      ) : (
        <Trans>No expense fits this search.</Trans>
      )}
    </p>
  )
}
