import { t } from '@lingui/core/macro'
import { HandCoins } from 'lucide-react'
import { Link } from 'react-router'
import type { Fields } from '../../api/fragments'
import { Amount } from '../../ui/Amount'
import { classes } from '../../ui/classes'
import { Series } from '../../ui/Series'
import { dialogLink } from '../../ui/useDialog'
import type { People } from '../groups'
import type { PaymentPartsFragment } from './documents.generated'
import { METHODS } from './methods'
import { Paid } from './Paid'
import { counts, Status } from './Status'

interface PaymentItemProps {
  payment: Fields<PaymentPartsFragment>
  people: People
  /** The group, where payments of several are listed. */
  group?: { id: string; title: string }
}

/** A payment in the list of its day, which leads to its details. */
export function PaymentItem({ payment, people, group }: PaymentItemProps) {
  const { from, to, amount, method, note, status } = payment
  const facts = [group?.title, t(METHODS[method]), note].flatMap((fact) => fact || [])
  return (
    <Link
      {...dialogLink('paid', { payment: payment.id }, group && `/groups/${group.id}/balances`)}
      className="flex items-center gap-3 rounded-xl px-2.5 py-2.5 transition-colors hover:bg-hover"
    >
      <span
        aria-hidden="true"
        className="grid size-10 shrink-0 place-items-center rounded-xl bg-tile text-muted"
      >
        <HandCoins size={19} />
      </span>
      <span className="min-w-0 grow">
        <span className="line-clamp-2 wrap-anywhere font-semibold">
          <Paid from={from.id} to={to.id} people={people} />
        </span>
        <span className="line-clamp-2 wrap-anywhere text-sm text-muted">
          <Series of={facts} between=" · " />
        </span>
      </span>
      <span className="grid shrink-0 justify-items-end gap-0.5">
        <Amount
          money={amount}
          className={classes('font-semibold', !counts(status) && 'text-muted line-through')}
        />
        <Status payment={payment} />
      </span>
    </Link>
  )
}
