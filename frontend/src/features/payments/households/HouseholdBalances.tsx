import { useQuery } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ArrowRight, Check, ChevronRight, House } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { Link } from 'react-router'
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
import { HOUSEHOLD, whyParams } from '../why/subject'
import { HouseholdBalances as Document, type HouseholdBalancesQuery } from './documents.generated'
import { partyOf, type Party, type PartyOf } from './party'

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
          <PartyRow
            key={`${member.id} ${net.currency}`}
            memberId={member.id}
            party={party(member.id)}
            net={net}
          />
        ))}
      </Card>
    </>
  )
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

function PartyRow({ memberId, party, net }: { memberId: string; party: Party; net: Money }) {
  const { label, name, members, isGuest } = party
  const subject = { from: memberId, to: undefined, currency: net.currency, perHousehold: true }
  return (
    <li>
      <Link
        {...dialogLink('why', whyParams(subject))}
        className="-mx-2 flex min-h-11 items-center gap-2.5 rounded-xl px-2 py-1 transition-colors hover:bg-hover"
      >
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
        <ChevronRight size={15} className="-ml-1 shrink-0 text-faint" aria-hidden="true" />
      </Link>
    </li>
  )
}

function TransferRow(props: { transfer: Transfer; party: PartyOf; toPay: boolean }) {
  const { transfer, party, toPay } = props
  const payerParty = party(transfer.from.id)
  const receiverParty = party(transfer.to.id)
  const payer = payerParty.label
  const receiver = receiverParty.inline
  const { from, to, amount } = transfer
  const subject = { from: from.id, to: to.id, currency: amount.currency, perHousehold: true }
  return (
    <li className="flex items-center gap-2 py-1.5">
      <Link
        {...dialogLink('why', whyParams(subject))}
        className="min-h-11 min-w-0 grow rounded-lg hover:underline"
      >
        <span className="flex items-center gap-1.5 text-sm font-semibold">
          <bdi className={nameShape(payerParty.isViewer)}>{payer}</bdi>
          <ArrowRight size={14} className="shrink-0 text-faint" aria-label={t`pays`} />
          <bdi className={nameShape(receiverParty.isViewer)}>{receiver}</bdi>
        </span>
        <span className="flex flex-wrap gap-x-2 text-sm text-muted">
          <Amount money={amount} />
          <span className="text-muted underline decoration-dotted underline-offset-4">
            <Trans>why?</Trans>
          </span>
        </span>
      </Link>
      <LinkButton
        {...dialogLink('payment', { ...paymentOf(transfer), ...HOUSEHOLD })}
        look={toPay ? 'tonal' : 'quiet'}
        size="small"
        aria-label={toPay ? t`Pay ${receiver}` : t`Record: ${payer} to ${receiver}`}
      >
        {toPay ? <Trans>Pay</Trans> : <Trans>Record</Trans>}
      </LinkButton>
    </li>
  )
}
