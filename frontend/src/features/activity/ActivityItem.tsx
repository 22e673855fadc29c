import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { History } from 'lucide-react'
import { Link, type LinkProps } from 'react-router'
import { unmask } from '../../api/fragments'
import { ShownAmount } from '../../api/ShownAmount'
import { useSession } from '../../api/services'
import { formatMonth, formatTime } from '../../lib/dates'
import { Amount } from '../../ui/Amount'
import { classes } from '../../ui/classes'
import { dialogLink } from '../../ui/useDialog'
import { useCategoryLabel } from '../expenses'
import { type GroupNameFragment, groupTitle } from '../groups'
import { actOf, REMINDED } from './acts'
import type { ActivityMemberFragment, ActivityRowFragment } from './documents.generated'

interface ActivityItemProps {
  row: ActivityRowFragment
  withGroup: boolean
  /** The viewer has not read it. */
  unread?: boolean
}

/** One thing that happened: what it is about, who did what, and what that means for the viewer. */
export function ActivityItem({ row, withGroup, unread = false }: ActivityItemProps) {
  const { at, group, reason, ownEffect } = row
  const [Icon = History] = actOf(row) ?? []
  const link = linkOf(row)
  const content = (
    <>
      <span
        aria-hidden="true"
        className={classes(
          'grid size-9 shrink-0 place-items-center rounded-xl',
          unread ? 'bg-brand-soft text-brand' : 'bg-tile text-muted',
        )}
      >
        <Icon size={18} />
      </span>
      <span className="min-w-0 grow">
        <span className={classes('block wrap-anywhere', unread && 'font-semibold')}>
          {unread && <span className="sr-only">{t`not read yet`}: </span>}
          <Subject row={row} />
        </span>
        {reason && <span className="block text-sm wrap-anywhere text-muted">{t`“${reason}”`}</span>}
        <span className="block text-sm wrap-anywhere text-muted">
          <Who row={row} />
          {withGroup && group && <> · {groupTitle(unmask<GroupNameFragment>(group))}</>}
        </span>
      </span>
      <span className="grid shrink-0 justify-items-end gap-0.5">
        <time dateTime={at} className="text-sm text-faint">
          {formatTime(at)}
        </time>
        {ownEffect.map((money, index) => (
          <ShownAmount key={index} of={money} directed className="text-sm font-semibold" />
        ))}
      </span>
    </>
  )
  const look = 'flex items-start gap-3 px-4 py-3'
  if (!link) return <div className={look}>{content}</div>
  return (
    <Link {...link} className={classes(look, 'transition-colors hover:bg-hover')}>
      {content}
    </Link>
  )
}

/** Where there is more about it. */
function linkOf(row: ActivityRowFragment): LinkProps | undefined {
  const { group, expense, payment, budget } = row
  if (isBetweenFriends(row)) return { to: '/people' }
  if (!group) return undefined
  const path = `/groups/${group.id}`
  if (budget) return { to: `${path}/insights` }
  if (expense) return dialogLink('show', { expense: expense.id }, path)
  if (payment) return dialogLink('paid', { payment: payment.id }, `${path}/balances`)
  return { to: row.type === REMINDED ? `${path}/balances` : path }
}

function isBetweenFriends({ type }: ActivityRowFragment): boolean {
  return type.startsWith('friendship.')
}

/** What it is about: an expense, a payment, somebody, or the group. */
function Subject({ row }: { row: ActivityRowFragment }) {
  const { amount, budget, claim, description, imported, receiver, group, summary } = row
  const member = unmask<ActivityMemberFragment>(row.member)
  if (!actOf(row)) return summary
  if (budget) return <BudgetSpent budget={budget} />
  if (isBetweenFriends(row)) return <Trans>Friends</Trans>
  if (claim) {
    const { userName, guestName } = claim
    return (
      <Trans>
        <bdi>{userName}</bdi> as <bdi>{guestName}</bdi>
      </Trans>
    )
  }
  if (typeof imported === 'number') {
    return <Plural value={imported} one="# entry of a file" other="# entries of a file" />
  }
  const paid = paidInstead(row)
  const total = amount && <Amount money={amount} className="font-semibold" />
  if (description) {
    return (
      <>
        <bdi>{description}</bdi> {total}
      </>
    )
  }
  if (row.type === REMINDED && member && amount) {
    const { name } = member
    return (
      <Trans>
        <bdi>{name}</bdi> reminds you of <Amount money={amount} className="font-semibold" />
      </Trans>
    )
  }
  if (member && receiver) {
    return (
      <>
        <Paid row={row} />{' '}
        {paid ? (
          <Trans>
            <ShownAmount of={paid} className="font-semibold" /> for {total}
          </Trans>
        ) : (
          total
        )}
      </>
    )
  }
  return (
    <bdi>{member?.name ?? (group ? groupTitle(unmask<GroupNameFragment>(group)) : summary)}</bdi>
  )
}

/** What changed hands, if that was in another currency than what it settled. */
function paidInstead({ payment, amount }: ActivityRowFragment) {
  const settles = payment?.settles
  // A payment may have been changed since: then only what counted at the time is known.
  const isSame = settles?.amount === amount?.amount && settles?.currency === amount?.currency
  return settles && isSame ? payment.amount : undefined
}

function BudgetSpent({ budget }: { budget: NonNullable<ActivityRowFragment['budget']> }) {
  const label = useCategoryLabel()
  const { category, month, limit, spent } = budget
  const name = category ? label(category) : t`All spending`
  const time = formatMonth(month)
  return (
    <Trans>
      {name}, {time}: <ShownAmount of={spent} className="font-semibold" /> of{' '}
      <ShownAmount of={limit} />
    </Trans>
  )
}

function Paid({ row }: { row: ActivityRowFragment }) {
  const viewer = useSession().userId()
  const from = unmask<ActivityMemberFragment>(row.member)
  const to = unmask<ActivityMemberFragment>(row.receiver)
  const payer = from?.name
  const receiver = to?.name
  if (viewer && from?.user?.id === viewer) {
    return (
      <Trans>
        You paid <bdi>{receiver}</bdi>
      </Trans>
    )
  }
  if (viewer && to?.user?.id === viewer) {
    return (
      <Trans>
        <bdi>{payer}</bdi> paid you
      </Trans>
    )
  }
  return (
    <Trans>
      <bdi>{payer}</bdi> paid <bdi>{receiver}</bdi>
    </Trans>
  )
}

/** "Ben · added", "You · confirmed". */
function Who({ row }: { row: ActivityRowFragment }) {
  const viewer = useSession().userId()
  const { actor } = row
  const [, done] = actOf(row, viewer) ?? []
  const name = actor && actor.id === viewer ? t`You` : (actor?.name ?? 'Quits')
  return (
    <>
      <bdi>{name}</bdi>
      {done && <> · {t(done)}</>}
    </>
  )
}
