import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ArrowRight, Check } from 'lucide-react'
import { Link } from 'react-router'
import { dialogLink } from '../../ui/useDialog'
import type { GroupContext } from '../groups'
import { Amount } from '../../ui/Amount'
import { LinkButton } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { Unavailable } from '../../ui/states'
import { nameShape } from './nameShape'
import { paymentOf } from './proposal'
import { whyParams } from './why/subject'

type Transfer = NonNullable<GroupContext['group']['settlement']>['transfers'][number]

/** The fewest payments that make everybody quits, each one tap from being recorded. */
export function SettlementList({ group, people, refetch }: GroupContext) {
  const { settlement } = group
  if (!settlement) {
    return (
      <section aria-label={t`Settle up`} className="card">
        <Unavailable what={t`The settlement is not available right now.`} onRetry={refetch} />
      </section>
    )
  }
  const { transfers, minimal } = settlement
  return (
    <section aria-label={t`Settle up`} className="card p-4">
      <h2 className="text-lg">
        <Trans>Settle up</Trans>
      </h2>
      {transfers.length === 0 ? (
        <p className="mt-2 flex items-center gap-2 text-sm font-semibold text-plus">
          <Check size={17} aria-hidden="true" />
          <Trans>Everybody is quits.</Trans>
        </p>
      ) : (
        <>
          <p className="mb-2 text-sm text-muted">{summary(transfers.length, minimal)}</p>
          <ul className="-mx-1.5 grid gap-1">
            {transfers.map((transfer) => (
              <TransferRow
                key={`${transfer.from.id} ${transfer.to.id} ${transfer.amount.currency}`}
                transfer={transfer}
                people={people}
                open={!group.archivedAt}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function summary(count: number, minimal: boolean): string {
  return minimal
    ? plural(count, {
        one: 'One payment makes everybody quits; fewer is not possible.',
        other: '# payments make everybody quits; fewer is not possible.',
      })
    : plural(count, {
        one: 'One payment makes everybody quits.',
        other: '# payments make everybody quits.',
      })
}

interface TransferRowProps {
  transfer: Transfer
  people: GroupContext['people']
  /** A payment can be recorded. */
  open: boolean
}

function TransferRow({ transfer, people, open }: TransferRowProps) {
  const { from, to, amount } = transfer
  const toPay = people.isViewer(from.id)
  const own = toPay || people.isViewer(to.id)
  const payer = people.label(from.id)
  const receiver = people.inline(to.id)
  return (
    <li
      className={classes('flex items-center gap-2 rounded-xl py-1.5 pr-1.5 pl-2', own && 'bg-tile')}
    >
      <Link
        {...dialogLink(
          'why',
          whyParams({ from: from.id, to: to.id, currency: amount.currency, perHousehold: false }),
        )}
        className="grid min-h-11 min-w-0 grow content-center rounded-lg hover:underline"
      >
        <span className="flex items-center gap-1.5 text-sm font-semibold">
          <bdi className={nameShape(toPay)}>{payer}</bdi>
          <ArrowRight size={14} className="shrink-0 text-faint" aria-label={t`pays`} />
          <bdi className={nameShape(people.isViewer(to.id))}>{receiver}</bdi>
        </span>
        <span className="flex flex-wrap gap-x-2 text-sm text-muted">
          <Amount money={amount} />
          <span className="text-muted underline decoration-dotted underline-offset-4">
            <Trans>why?</Trans>
          </span>
        </span>
      </Link>
      {open && (
        <LinkButton
          {...dialogLink('payment', paymentOf(transfer))}
          look={own ? 'tonal' : 'quiet'}
          size="small"
          aria-label={toPay ? t`Pay ${receiver}` : t`Record: ${payer} to ${receiver}`}
        >
          {toPay ? <Trans>Pay</Trans> : <Trans>Record</Trans>}
        </LinkButton>
      )}
    </li>
  )
}
