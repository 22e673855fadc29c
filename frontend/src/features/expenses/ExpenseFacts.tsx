import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { Fields } from '../../api/fragments'
import { signOf } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import type { People } from '../groups'
import type { ExpensePartsFragment } from './documents.generated'
import { effectOn } from './effect'

interface FactProps {
  expense: Fields<ExpensePartsFragment>
  people: People
}

/** Who paid how much. */
export function Paid({ expense, people }: FactProps) {
  const { payers, total } = expense
  const [first, ...others] = payers
  const count = payers.length
  const amount = <Amount money={total} />
  if (!first) return amount
  if (others.length > 0) {
    return (
      <Trans>
        <Plural value={count} one="# person" other="# people" /> paid {amount}
      </Trans>
    )
  }
  if (people.isViewer(first.member.id)) return <Trans>You paid {amount}</Trans>
  const name = people.name(first.member.id)
  return (
    <Trans>
      <bdi>{name}</bdi> paid {amount}
    </Trans>
  )
}

/** What the expense means for the viewer, in words and in colour. */
export function Effect({ expense, people }: FactProps) {
  const effect = effectOn(expense, people.viewerId)
  if (expense.deletedAt)
    return (
      <span className="text-right text-xs text-faint">
        <Trans>deleted</Trans>
      </span>
    )
  if (!effect)
    return (
      <span className="text-right text-xs text-faint">
        <Trans>not yours</Trans>
      </span>
    )
  const words = { '-1': t`you borrowed`, '0': t`even`, '1': t`you lent` }[signOf(effect)]
  return (
    <span className="grid shrink-0 justify-items-end leading-tight">
      <span className="text-xs text-muted">{words}</span>
      {signOf(effect) !== 0 && <Amount money={effect} directed className="font-semibold" />}
    </span>
  )
}
