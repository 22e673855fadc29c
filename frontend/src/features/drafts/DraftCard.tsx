import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import type { DraftPartsFragment } from './documents.generated'
import { useCategoryLabel } from '../expenses'
import type { People } from '../groups'
import { Skeleton, Unavailable } from '../../ui/states'
import { Decision, DiscardButton } from './Decision'
import { DraftContent } from './DraftContent'
import { DraftedPayment } from './DraftedPayment'
import { useDraft } from './useDraft'
import { useRemarks } from './useRemarks'
import { announcementOf } from './words'

interface DraftCardProps {
  id: string
  people: People
  /** There is nothing to decide any more. */
  onGone: () => void
  /** Somebody wants to say it in other words. */
  onRewrite: (text: string) => void
}

/** One draft until it is decided: while it is being read, and then with all that was understood. */
export function DraftCard({ id, people, onGone, onRewrite }: DraftCardProps) {
  const { draft, error, gone, retry } = useDraft(id)

  useEffect(() => {
    if (gone) onGone()
  }, [gone, onGone])

  const pending = draft?.status === 'PENDING'
  const card = useRef<HTMLElement>(null)
  const waited = useRef(false)
  useEffect(() => {
    // Once it is read it is taller, and on a phone maybe behind the keyboard.
    if (waited.current) card.current?.scrollIntoView({ block: 'nearest' })
    waited.current = pending
  }, [pending])

  const label = useCategoryLabel()
  const problems = useRemarks(draft?.remarks)
  if (gone) return null
  const name = draft?.description ?? draft?.text ?? ''
  return (
    <article
      ref={card}
      aria-label={t`Draft: ${name}`}
      className="card grid animate-rise scroll-mt-4 gap-4 border-dashed border-line-strong p-4 max-sm:scroll-mb-24"
    >
      <p role="status" className="sr-only">
        {draft && announcementOf(draft, people, label, problems)}
      </p>
      {!draft && error && (
        <Unavailable what={t`This draft is not available right now.`} onRetry={retry} />
      )}
      {!draft && !error && <Outline />}
      {draft && pending && <BeingRead draft={draft} onRewrite={onRewrite} />}
      {draft?.payment && (
        <DraftedPayment
          draft={draft}
          payment={draft.payment}
          people={people}
          onRewrite={onRewrite}
        />
      )}
      {draft && !pending && !draft.payment && (
        <>
          <DraftContent draft={draft} people={people} />
          <Decision draft={draft} onRewrite={onRewrite} />
        </>
      )}
    </article>
  )
}

const SLOW_MS = 8_000

interface BeingReadProps {
  draft: DraftPartsFragment
  onRewrite: (text: string) => void
}

function BeingRead({ draft, onRewrite }: BeingReadProps) {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      setSlow(true)
    }, SLOW_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [])

  const { text } = draft
  return (
    <>
      <Outline />
      {text && <p className="text-sm wrap-anywhere text-muted">{t`“${text}”`}</p>}
      {slow && (
        <div className="flex items-center justify-between gap-3">
          <p className="text-sm text-muted">
            <Trans>This takes longer than usual.</Trans>
          </p>
          <DiscardButton draft={draft} onRewrite={onRewrite} />
        </div>
      )}
    </>
  )
}

/** The shape of what is coming. */
function Outline() {
  return (
    <div className="flex items-center gap-3">
      <Skeleton className="size-10 rounded-xl" />
      <div className="grid grow gap-2">
        <Skeleton className="h-3.5 w-2/5" />
        <Skeleton className="h-3 w-1/4" />
      </div>
      <Skeleton className="h-5 w-20" />
    </div>
  )
}
