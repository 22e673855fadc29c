import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { CircleAlert } from 'lucide-react'
import { Amount } from '../../ui/Amount'
import { Avatar } from '../../ui/Avatar'
import { importSentence } from './problems'
import type { ImportOutcome } from './useImport'

/** What would be taken over: how much, whose, what everybody ends with, and what to look at first. */
export function Outcome({ outcome }: { outcome: ImportOutcome }) {
  const { expenses, payments, people, computed, problems } = outcome
  const count = people.length
  if (expenses + payments === 0) {
    return (
      <>
        <p className="font-semibold">
          <Trans>There is nothing to take over in this file.</Trans>
        </p>
        <Problems problems={problems} />
      </>
    )
  }
  return (
    <div className="grid gap-4">
      <p className="text-lg font-semibold" role="status">
        <Plural value={expenses} one="# expense" other="# expenses" />
        {', '}
        <Plural value={payments} one="# payment" other="# payments" />
        {', '}
        <Plural value={count} one="# person" other="# people" />
      </p>
      <Problems problems={problems} />
      <section aria-label={t`Balances`}>
        <h3 className="mb-1 font-sans text-sm font-semibold text-muted">
          <Trans>Balances after it</Trans>
        </h3>
        <ul className="grid gap-1">
          {computed.map((balance) => (
            <BalanceRow key={`${balance.name} ${balance.computed.currency}`} {...balance} />
          ))}
        </ul>
      </section>
      <p className="text-sm text-faint">
        <Trans>
          Everybody but you becomes a guest, who can be invited and take over their name later.
        </Trans>
      </p>
    </div>
  )
}

function BalanceRow({ name, computed, expected }: ImportOutcome['computed'][number]) {
  const differs = expected && expected.amount !== computed.amount
  return (
    <li className="flex items-center gap-3 py-1">
      <Avatar name={name} size="small" />
      <span className="min-w-0 grow truncate">{name}</span>
      <span className="grid shrink-0 justify-items-end">
        <Amount money={computed} directed className="font-semibold" />
        {differs && (
          <span className="text-xs text-danger">
            <Trans>
              the file says <Amount money={expected} />
            </Trans>
          </span>
        )}
      </span>
    </li>
  )
}

function Problems({ problems }: Pick<ImportOutcome, 'problems'>) {
  const count = problems.length
  if (count === 0) return null
  return (
    <details open className="rounded-xl bg-minus-soft px-4 py-2.5 text-sm text-minus">
      <summary className="flex min-h-11 items-center gap-2 font-semibold">
        <CircleAlert size={17} className="shrink-0" aria-hidden="true" />
        <Plural value={count} one="# thing to look at" other="# things to look at" />
      </summary>
      <ul className="grid max-h-48 gap-1.5 overflow-y-auto pt-1 pb-1.5" aria-label={t`Problems`}>
        {problems.map(({ line, ...problem }, index) => (
          <li key={index} className="wrap-anywhere">
            {line > 0 && (
              <span className="font-semibold">
                <Trans>Line {line}:</Trans>{' '}
              </span>
            )}
            {importSentence(problem)}
          </li>
        ))}
      </ul>
    </details>
  )
}
