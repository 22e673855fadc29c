import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { CircleAlert, Clock } from 'lucide-react'
import { Link } from 'react-router'
import { Amount } from '../../ui/Amount'
import { classes } from '../../ui/classes'
import { dialogLink } from '../../ui/useDialog'
import { CategoryIcon } from './categories'
import type { Waiting } from './outbox'
import { useWaiting } from './useWaiting'

/** The expenses of a group that are on this device only: not sent yet, or refused. */
export function WaitingList({ groupId }: { groupId: string }) {
  const waiting = useWaiting(groupId)
  if (waiting.length === 0) return null
  return (
    <section aria-label={t`Waiting to be sent`} className="px-1.5 pt-3 lg:px-0">
      <h2 className="px-2.5 pb-1.5 font-sans text-xs font-semibold tracking-wide text-muted uppercase">
        <Trans>Waiting to be sent</Trans>
      </h2>
      <ul className="grid gap-1.5">
        {waiting.map((each) => (
          <WaitingRow key={each.input.idempotencyKey} waiting={each} />
        ))}
      </ul>
    </section>
  )
}

function WaitingRow({ waiting: { input, refusal } }: { waiting: Waiting }) {
  const Icon = refusal ? CircleAlert : Clock
  return (
    <li>
      <Link
        {...dialogLink('expense', { waiting: input.idempotencyKey })}
        className={classes(
          'flex min-h-14 items-center gap-3 rounded-xl border border-dashed px-2.5 py-2 transition-colors hover:bg-hover',
          refusal ? 'border-danger' : 'border-line-strong',
        )}
      >
        <CategoryIcon category={input.category ?? 'other'} />
        <span className="min-w-0 grow">
          <span className="block truncate font-semibold">
            <bdi>{input.description}</bdi>
          </span>
          <span
            className={classes(
              'flex items-center gap-1.5 text-sm',
              refusal ? 'text-danger' : 'text-muted',
            )}
          >
            <Icon size={14} className="shrink-0" aria-hidden="true" />
            {refusal?.message ?? t`On this device only, not in the balances yet`}
          </span>
        </span>
        <Amount money={input.total} className="font-semibold" />
      </Link>
    </li>
  )
}
