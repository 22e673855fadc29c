import { skipToken, useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { HandCoins, ReceiptText, Split } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Link, type LinkProps } from 'react-router'
import { unmask } from '../../../api/fragments'
import { useRefetchOn } from '../../../api/useRefetchOn'
import { formatDay } from '../../../lib/dates'
import { fromMinor, signOf, sum, toMinor, type Money } from '../../../lib/money'
import { Amount } from '../../../ui/Amount'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { SkeletonRows, Unavailable } from '../../../ui/states'
import { dialogLink, useDialog } from '../../../ui/useDialog'
import type { GroupContext, People } from '../../groups'
import { HouseholdBalances } from '../households/documents.generated'
import { partyOf, type PartyOf } from '../households/party'
import { Paid } from '../Paid'
import type { CausePageFragment } from './documents.generated'
import { amountOf, subjectOf, type Subject } from './subject'
import { useCausePage } from './useCausePage'

type Cause = CausePageFragment['edges'][number]['node']

/** Opens a balance or a proposed transfer into the expenses and payments that add up to it. */
export function WhyDialog({ group, people }: GroupContext) {
  const { params, close } = useDialog()
  const subject = subjectOf(params)
  const { balances, loading } = useBalances(group, subject)
  const amount = amountOf(subject, balances)
  const party = subject.perHousehold ? partyOf({ group, people }) : undefined
  return (
    <Dialog title={t`How it comes about`} onClose={close}>
      {loading && <SkeletonRows rows={3} label={t`Loading the explanation`} />}
      {!amount && !loading && (
        <p className="text-muted">
          <Trans>This is settled in the meantime.</Trans>
        </p>
      )}
      {amount && (
        <div className="grid gap-4">
          <header>
            <p className="font-display text-3xl font-semibold">
              <Amount money={amount} directed={!subject.to} />
            </p>
            <p className="text-muted">
              <Sentence {...{ subject, amount, people, party }} />
            </p>
          </header>
          <ul className="grid gap-1" aria-label={t`What it is made of`}>
            <Causes
              // What has moved meanwhile is explained anew.
              key={group.ledgerVersion}
              {...{ groupId: group.id, subject, people }}
            />
          </ul>
        </div>
      )}
    </Dialog>
  )
}

/** The balances that are explained: those of the group, or those by household. */
function useBalances(group: GroupContext['group'], { perHousehold }: Subject) {
  const { id, ledgerVersion } = group
  const options = { variables: { id } }
  const { data, loading, refetch } = useQuery(HouseholdBalances, perHousehold ? options : skipToken)
  useRefetchOn(perHousehold ? ledgerVersion : undefined, refetch)
  return { balances: perHousehold ? (data?.group ?? {}) : group, loading: loading && !data }
}

interface SentenceProps {
  subject: Subject
  amount: Money
  people: People
  /** Names a household, if these count as one. */
  party: PartyOf | undefined
}

/** What is explained, in words. */
function Sentence({ subject: { from, to }, amount, people, party }: SentenceProps) {
  const { name, members } = party?.(from) ?? { name: people.name(from), members: undefined }
  if (to) {
    const payer = party?.(from).label ?? people.label(from)
    const receiver = party?.(to).inline ?? people.inline(to)
    return (
      <Trans>
        <bdi>{payer}</bdi> to <bdi>{receiver}</bdi>
      </Trans>
    )
  }
  if (!members && people.isViewer(from)) return signOf(amount) < 0 ? t`you owe` : t`you are owed`
  return signOf(amount) < 0 ? (
    <Trans>
      <bdi>{name}</bdi> owes
    </Trans>
  ) : (
    <Trans>
      <bdi>{name}</bdi> is owed
    </Trans>
  )
}

interface CausesProps {
  groupId: string
  subject: Subject
  people: People
  after?: string | null
  /** What the pages before come to, in minor units. */
  before?: bigint
}

/** One page of causes and what follows it: the next page, or at the end the sum of all. */
function Causes({ after = null, before = 0n, ...rest }: CausesProps) {
  const { groupId, subject, people } = rest
  const [more, setMore] = useState(false)
  const { page, error, retry } = useCausePage(groupId, subject, after)
  if (!page) {
    return (
      <li>
        {error ? (
          <Unavailable what={t`The explanation is not available right now.`} onRetry={retry} />
        ) : (
          <SkeletonRows rows={3} label={t`Loading the explanation`} />
        )}
      </li>
    )
  }
  const { edges, pageInfo } = unmask<CausePageFragment>(page)
  const total = before + sum(edges.map(({ node }) => toMinor(node.amount)))
  return (
    <>
      {edges.map(({ cursor, node }) => (
        <CauseRow key={cursor} cause={node} people={people} named={subject.perHousehold} />
      ))}
      {!pageInfo.hasNextPage && <Total money={fromMinor(total, subject.currency)} />}
      {pageInfo.hasNextPage && more && (
        <Causes {...rest} after={pageInfo.endCursor} before={total} />
      )}
      {pageInfo.hasNextPage && !more && (
        <li>
          <Button
            look="quiet"
            className="w-full"
            onClick={() => {
              setMore(true)
            }}
          >
            <Trans>Show earlier ones</Trans>
          </Button>
        </li>
      )}
    </>
  )
}

function Total({ money }: { money: Money }) {
  return (
    <li className="mt-1 flex items-center justify-between gap-3 border-t border-line-strong px-2 pt-3 font-semibold">
      <Trans>Together</Trans>
      <Amount money={money} directed />
    </li>
  )
}

interface CauseRowProps {
  cause: Cause
  people: People
  /** Whether to say whose balance it is part of. */
  named: boolean
}

function CauseRow({ cause, people, named }: CauseRowProps) {
  const { expense, payment, otherReceiver, amount } = cause
  const member = named ? people.label(cause.member.id) : undefined
  if (expense) {
    return (
      <Row
        link={dialogLink('show', { expense: expense.id })}
        icon={<ReceiptText size={18} />}
        title={<bdi>{expense.description}</bdi>}
        day={expense.date}
        member={member}
        amount={amount}
      />
    )
  }
  if (payment) {
    return (
      <Row
        link={dialogLink('paid', { payment: payment.id })}
        icon={<HandCoins size={18} />}
        title={<Paid from={payment.from.id} to={payment.to.id} people={people} />}
        day={payment.date}
        member={member}
        amount={amount}
      />
    )
  }
  const receiver = otherReceiver ? people.inline(otherReceiver.id) : ''
  return (
    <Row
      icon={<Split size={18} />}
      title={
        <Trans>
          goes to <bdi>{receiver}</bdi>
        </Trans>
      }
      member={member}
      amount={amount}
    />
  )
}

interface RowProps {
  icon: ReactNode
  title: ReactNode
  amount: Money
  day?: string
  member: string | undefined
  link?: LinkProps
}

const ROW = 'flex min-h-12 items-center gap-3 rounded-xl px-2 py-1.5'

function Row({ icon, title, amount, day, member, link }: RowProps) {
  const about = [member, day && formatDay(day)].filter(Boolean).join(' · ')
  const content = (
    <>
      <span
        aria-hidden="true"
        className="grid size-9 shrink-0 place-items-center rounded-xl bg-tile text-muted"
      >
        {icon}
      </span>
      <span className="min-w-0 grow">
        <span className="block truncate font-semibold">{title}</span>
        {about && <span className="block text-sm text-muted">{about}</span>}
      </span>
      <Amount money={amount} directed className="font-semibold" />
    </>
  )
  return (
    <li>
      {link ? (
        <Link {...link} className={`${ROW} transition-colors hover:bg-hover`}>
          {content}
        </Link>
      ) : (
        <span className={ROW}>{content}</span>
      )}
    </li>
  )
}
