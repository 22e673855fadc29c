import { t } from '@lingui/core/macro'
import { useEffect, useRef, type RefObject } from 'react'
import { useDialog } from '../../ui/useDialog'
import type { GroupContext } from '../groups'
import { DraftCard } from './DraftCard'
import { DraftLine } from './DraftLine'
import { closeDraft, openDraft, useOpenDrafts } from './open'
import { useDraftLine } from './useDraftLine'

/** The line that takes what was spent in plain words, and the drafts that came of it. */
export function Drafts({ group, people }: GroupContext) {
  const ids = useOpenDrafts(group.id)
  const line = useDraftLine(group.id, (id) => {
    openDraft(group.id, id)
  })
  const section = useRef<HTMLElement>(null)
  useFocusAfter(section, ids.length)

  return (
    <section ref={section} tabIndex={-1} aria-label={t`Drafts`} className="grid gap-3 outline-none">
      <DraftLine line={line} people={people} first={ids.length === 0} />
      {ids.map((id) => (
        <DraftCard
          key={id}
          id={id}
          people={people}
          onGone={() => {
            closeDraft(group.id, id)
          }}
          onRewrite={line.rewrite}
        />
      ))}
    </section>
  )
}

/** Who decides about a card goes on here, not at the top of the page, when the card is gone. */
function useFocusAfter(section: RefObject<HTMLElement | null>, cards: number): void {
  const { name: dialog } = useDialog()
  const before = useRef(cards)
  const lost = useRef(false)
  useEffect(() => {
    lost.current ||= cards < before.current
    before.current = cards
    if (!lost.current || dialog) return
    lost.current = false
    if (document.activeElement === document.body) section.current?.focus({ preventScroll: true })
  }, [section, cards, dialog])
}
