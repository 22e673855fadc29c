import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ExternalLink } from 'lucide-react'
import { formatMoney, type Money } from '../../../lib/money'
import { CopyButton } from '../../../ui/CopyButton'
import { QrCode } from '../../../ui/QrCode'
import type { PayOptionPartsFragment } from './documents.generated'

interface PayOptionProps {
  option: PayOptionPartsFragment
  amount: Money
}

/** One way to pay: a code to scan, an account to copy or a page to open. */
export function PayOption({ option, amount }: PayOptionProps) {
  const { kind, qr, link, label, holder } = option
  return (
    <div className="grid gap-4">
      {qr && (
        <>
          <QrCode value={qr} title={t`Scan to pay`} />
          <p className="text-center text-sm text-muted">
            {kind === 'UPI' ? t`Scan it with a UPI app.` : t`Scan it with your banking app.`}
          </p>
        </>
      )}
      {holder && (
        <dl className="grid gap-1 rounded-xl bg-tile py-1.5 pr-1.5 pl-4">
          <Copied term={t`To`} text={holder} label={t`Copy the name`} />
          <Copied
            term={kind === 'UPI' ? t`UPI address` : t`IBAN`}
            text={label}
            label={kind === 'UPI' ? t`Copy the UPI address` : t`Copy the IBAN`}
          />
        </dl>
      )}
      {link && <PageLink {...{ kind, link, label, amount }} />}
    </div>
  )
}

function Copied({ term, text, label }: { term: string; text: string; label: string }) {
  return (
    <div>
      <dt className="text-xs text-muted">{term}</dt>
      <dd className="flex items-center gap-2 font-semibold">
        <bdi className="min-w-0 grow wrap-anywhere">{text}</bdi>
        <CopyButton text={text} label={label} />
      </dd>
    </div>
  )
}

type PageLinkProps = Pick<PayOptionPartsFragment, 'kind' | 'label'> & {
  link: string
  amount: Money
}

function PageLink({ kind, link, label, amount }: PageLinkProps) {
  const figure = formatMoney(amount)
  // An https address tells whether the amount is in it; an app of UPI always gets it.
  const filledIn = kind === 'UPI' || (kind === 'PAYPAL' && link.includes(amount.currency))
  return (
    <div className="grid gap-2">
      <a
        href={link}
        target="_blank"
        rel="noopener noreferrer"
        className="inline-flex min-h-11 items-center justify-center gap-2 rounded-xl bg-brand-soft px-4 font-semibold text-brand hover:bg-brand hover:text-on-brand"
      >
        <ExternalLink size={18} className="shrink-0" aria-hidden="true" />
        <span className="truncate">
          {kind === 'UPI' ? <Trans>Open in a UPI app</Trans> : <bdi>{label}</bdi>}
        </span>
      </a>
      <p className="text-center text-sm text-muted">
        {filledIn ? (
          <Trans>The amount is filled in.</Trans>
        ) : (
          <Trans>
            Enter <bdi>{figure}</bdi> there.
          </Trans>
        )}
      </p>
    </div>
  )
}
