import { t } from '@lingui/core/macro'
import { formatMoney, type Money } from '../../lib/money'
import type { ModeProps } from './fields'

// Beyond these, amounts are summed up: nobody reads sixty of them.
const NAMED = 4

/** What the expense comes to for each, in one line. */
export function Outcome({ preview, members, people }: ModeProps) {
  if (!preview) return null
  const shares = members.flatMap(({ id }) => {
    const share = preview.get(id)
    return share ? [{ id, share }] : []
  })
  return (
    <p aria-label={t`What everybody owes`} className="flex flex-wrap gap-x-4 gap-y-1 px-1 text-sm">
      {shares.slice(0, NAMED).map(({ id, share }) => (
        <Share key={id} name={people.label(id)} share={share} />
      ))}
      {shares.length > NAMED && <Others count={shares.length - NAMED} />}
    </p>
  )
}

function Share({ name, share }: { name: string; share: Money }) {
  return (
    <span>
      <bdi className="text-muted">{name}</bdi>{' '}
      <span className="tabular font-semibold">{formatMoney(share)}</span>
    </span>
  )
}

function Others({ count }: { count: number }) {
  return <span className="text-muted">{t`and ${count} more`}</span>
}
