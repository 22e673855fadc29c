import { t } from '@lingui/core/macro'
import { Plural } from '@lingui/react/macro'
import { signOf, totals } from '../../lib/money'
import type { GroupSummaryFragment } from './list.generated'
import { OwnBalance } from './OwnBalance'
import { ownBalances } from './people'
import { isDirect } from './title'

/** The viewer's balances over all groups; left out as soon as one of them is not known. */
export function Totals({ groups }: { groups: readonly GroupSummaryFragment[] }) {
  const own = groups.map((group) => ownBalances(group.balances, group.viewerMember.id))
  if (groups.length === 0 || own.includes(null)) return null
  const count = groups.filter((group) => !isDirect(group)).length
  const overall = totals(own.flatMap((balances) => balances ?? []))
  return (
    <section aria-label={t`Overall`} className="px-1">
      <OwnBalance balances={overall.filter((money) => signOf(money) !== 0)} size="hero" />
      {count > 0 && (
        <p className="mt-1 text-sm text-muted">
          <Plural value={count} one="in your group" other="over your # groups" />
        </p>
      )}
    </section>
  )
}
