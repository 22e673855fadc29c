import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ArrowRight, Check, House } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { readRefusal } from '../../../api/refusal'
import { signOf, type Money } from '../../../lib/money'
import { Amount } from '../../../ui/Amount'
import { Avatar } from '../../../ui/Avatar'
import { LinkButton } from '../../../ui/Button'
import { Series } from '../../../ui/Series'
import { Failure, SkeletonRows } from '../../../ui/states'
import { dialogLink } from '../../../ui/useDialog'
import type { GroupContext } from '../../groups'
import { nameShape } from '../nameShape'
import { paymentOf } from '../proposal'
import { HouseholdBalances as Document, type HouseholdBalancesQuery } from './documents.generated'

type Transfer = NonNullable<
  NonNullable<HouseholdBalancesQuery['group']>['settlement']
>['transfers'][number]

/** Who owes what, and who pays whom, where the members of a household count as one. */
export function HouseholdBalances({ group, people }: GroupContext) {
  const { id, version, ledgerVersion } = group
  const { data, error, refetch } = useQuery(Document, { variables: { id } })
  useEffect(() => {
    void refetch()
  }, [refetch, version, ledgerVersion])
  const { balances, settlement } = data?.group ?? {}
  if (!balances || !settlement) {
    if (!error) return <SkeletonRows rows={3} label={t`Loading the balances`} />
    return <Failure onRetry={() => void refetch()}>{readRefusal(error).message}</Failure>
  }
  const party = partyOf({ group, people })
  return (
    <>
      <Card title={t`Settle up`} isEmpty={settlement.transfers.length === 0}>
        {settlement.transfers.map((transfer) => (
          <TransferRow
            key={`${transfer.from.id} ${transfer.to.id} ${transfer.amount.currency}`}
            transfer={transfer}
            party={party}
            toPay={people.isViewer(transfer.from.id)}
          />
        ))}
      </Card>
      <Card title={t`Balances`} isEmpty={balances.every(({ net }) => signOf(net) === 0)}>
        {balances.map(({ member, net }) => (
          <PartyRow key={`${member.id} ${net.currency}`} party={party(member.id)} net={net} />
        ))}
      </Card>
    </>
  )
}

/** A household, or a member who is in none. */
interface Party {
  /** "You", or a name. */
  label: string
  /** "you", or a name, inside a sentence. */
  inline: string
  name: string
  /** The members of a household, by name. */
  members: string[] | undefined
  isGuest: boolean
  /** The viewer, alone. */
  isViewer: boolean
}

type PartyOf = (memberId: string) => Party

function partyOf({ group, people }: Pick<GroupContext, 'group' | 'people'>): PartyOf {
  return (memberId) => {
    const household = group.households.find(({ members }) =>
      members.some(({ id }) => id === memberId),
    )
    const members = household?.members.map(({ id }) => people.label(id))
    return {
      label: household?.name ?? people.label(memberId),
      inline: household?.name ?? people.inline(memberId),
      name: household?.name ?? people.name(memberId),
      members,
      isGuest: people.isGuest(memberId),
      isViewer: !household && people.isViewer(memberId),
    }
  }
}

function Card({
  title,
  isEmpty,
  children,
}: {
  title: string
  isEmpty: boolean
  children: ReactNode
}) {
  return (
    <section aria-label={title} className="card p-4">
      <h2 className="mb-2 text-lg">{title}</h2>
      {isEmpty ? (
        <p className="flex items-center gap-2 text-sm font-semibold text-plus">
          <Check size={17} aria-hidden="true" />
          <Trans>Everybody is quits.</Trans>
        </p>
      ) : (
        <ul className="grid gap-1">{children}</ul>
      )}
    </section>
  )
}

function PartyRow({ party, net }: { party: Party; net: Money }) {
  const { label, name, members, isGuest } = party
  return (
    <li className="flex min-h-11 items-center gap-2.5 py-1">
      {members ? (
        <span className="grid size-7 shrink-0 place-items-center rounded-full bg-tile text-muted">
          <House size={16} aria-hidden="true" />
        </span>
      ) : (
        <Avatar name={name} guest={isGuest} size="small" />
      )}
      <span className="min-w-0 grow">
        <bdi className="block truncate text-sm font-semibold">{label}</bdi>
        {members && (
          <span className="block truncate text-sm text-muted">
            <Series of={members} />
          </span>
        )}
      </span>
      <Amount money={net} directed className="text-sm font-semibold" />
    </li>
  )
}

function TransferRow(props: { transfer: Transfer; party: PartyOf; toPay: boolean }) {
  const { transfer, party, toPay } = props
  const from = party(transfer.from.id)
  const to = party(transfer.to.id)
  const payer = from.label
  const receiver = to.inline
  return (
    <li className="flex items-center gap-2 py-1.5">
      <span className="min-w-0 grow">
        <span className="flex items-center gap-1.5 text-sm font-semibold">
          <bdi className={nameShape(from.isViewer)}>{payer}</bdi>
          <ArrowRight size={14} className="shrink-0 text-faint" aria-label={t`pays`} />
          <bdi className={nameShape(to.isViewer)}>{receiver}</bdi>
        </span>
        <Amount money={transfer.amount} className="text-sm text-muted" />
      </span>
      <LinkButton
        {...dialogLink('payment', paymentOf(transfer))}
        look={toPay ? 'tonal' : 'quiet'}
        size="small"
        aria-label={toPay ? t`Pay ${receiver}` : t`Record: ${payer} to ${receiver}`}
      >
        {toPay ? <Trans>Pay</Trans> : <Trans>Record</Trans>}
      </LinkButton>
    </li>
  )
}
