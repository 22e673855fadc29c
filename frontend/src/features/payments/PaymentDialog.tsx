import { useQuery } from '@apollo/client/react'
import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ShownAmount } from '../../api/ShownAmount'
import { readRefusal } from '../../api/refusal'
import type { PaymentChange } from '../../api/schema.generated'
import { useRefetchOn } from '../../api/useRefetchOn'
import { formatLong, formatMoment } from '../../lib/dates'
import { signOf } from '../../lib/money'
import { Amount } from '../../ui/Amount'
import { classes } from '../../ui/classes'
import { Dialog } from '../../ui/Dialog'
import { Failure, SkeletonRows } from '../../ui/states'
import { useDialog } from '../../ui/useDialog'
import type { GroupContext, People } from '../groups'
import { detailOf, type Payment } from './detail'
import { ShownPayment } from './documents.generated'
import { METHODS } from './methods'
import { Paid } from './Paid'
import { PaymentActions } from './PaymentActions'
import { counts, Status } from './Status'

interface PartProps {
  payment: Payment
  people: People
}

/** One payment: what it was, how far it has come, and what can be done with it. */
export function PaymentDialog({ group, people }: GroupContext) {
  const { params, close } = useDialog()
  const id = params.get('payment') ?? ''
  const { data, error, refetch } = useQuery(ShownPayment, { variables: { id } })
  useRefetchOn(group.ledgerVersion, refetch)
  const payment = data?.payment && detailOf(data.payment)
  return (
    <Dialog title={t`Payment`} onClose={close}>
      {payment && (
        <div className="grid gap-5">
          <Facts payment={payment} people={people} />
          <History payment={payment} people={people} />
          <PaymentActions payment={payment} group={group} people={people} onClose={close} />
        </div>
      )}
      {!data && !error && <SkeletonRows rows={3} label={t`Loading the payment`} />}
      {!payment && (error ?? data) && (
        <Failure title={t`This payment cannot be shown`} onRetry={() => void refetch()}>
          {error ? readRefusal(error).message : t`It does not exist, or is not yours to see.`}
        </Failure>
      )}
    </Dialog>
  )
}

function Facts({ payment, people }: PartProps) {
  const { from, to, amount, settles, date, method, note, status, disputeReason, refunded } = payment
  return (
    <>
      <header className="grid gap-1">
        <p
          className={classes(
            'font-display text-3xl font-semibold',
            !counts(status) && 'text-muted line-through',
          )}
        >
          <Amount money={amount} />
        </p>
        <p className="font-semibold">
          <Paid from={from.id} to={to.id} people={people} />
        </p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted">
          {formatLong(date)} · {t(METHODS[method])} <Status payment={payment} />
        </p>
      </header>
      {settles && (
        <p className="rounded-xl bg-tile px-4 py-3 text-sm">
          <Trans>
            It settles <Amount money={settles} className="font-semibold" />.
          </Trans>
        </p>
      )}
      {status !== 'REFUNDED' && signOf(refunded) > 0 && (
        <p className="rounded-xl bg-tile px-4 py-3 text-sm">
          <Trans>
            <Amount money={refunded} /> of it was given back. The rest counts.
          </Trans>
        </p>
      )}
      {note && <p className="rounded-xl bg-tile px-4 py-3 text-sm wrap-anywhere">{note}</p>}
      {disputeReason && (
        <div className="rounded-xl bg-danger-soft px-4 py-3 text-sm wrap-anywhere text-danger">
          <p className="font-semibold">
            <Trans>Something is not right:</Trans>
          </p>
          <p>{disputeReason}</p>
        </div>
      )}
    </>
  )
}

const CHANGES: Record<PaymentChange, MessageDescriptor> = {
  RECORDED: msg`recorded`,
  EDITED: msg`changed`,
  CONFIRMED: msg`confirmed`,
  DISPUTED: msg`disputed`,
  VOIDED: msg`withdrawn`,
  STARTED: msg`began to pay by card`,
  FAILED: msg`did not pay in the end`,
  REFUNDED: msg`got money back`,
  DISPUTE_ENDED: msg`no longer disputed`,
}

/** The changes that say how much it is. */
const SETTING: ReadonlySet<PaymentChange> = new Set(['RECORDED', 'STARTED', 'EDITED'])

/** Who did what with it, the latest first. */
function History({ payment: { history }, people }: PartProps) {
  if (!history) return null
  return (
    <section aria-label={t`History`}>
      <h3 className="mb-1 font-sans text-sm font-semibold text-muted">
        <Trans>History</Trans>
      </h3>
      <ol className="grid gap-2 border-l border-line pl-4 text-sm">
        {history.toReversed().map(({ at, by, change, amount, paid, reason }) => (
          <li key={at} className="wrap-anywhere">
            <span className="font-semibold">{people.label(by.id)}</span> · {t(CHANGES[change])}
            {SETTING.has(change) && (
              <>
                {': '}
                {paid ? (
                  <Trans>
                    <ShownAmount of={paid} /> for <ShownAmount of={amount} />
                  </Trans>
                ) : (
                  <ShownAmount of={amount} />
                )}
              </>
            )}
            {reason && <> {t`“${reason}”`}</>}
            <time dateTime={at} className="block text-xs text-faint">
              {formatMoment(at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  )
}
