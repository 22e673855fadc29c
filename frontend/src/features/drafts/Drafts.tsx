import { t } from '@lingui/core/macro'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useDialog } from '../../ui/useDialog'
import type { GroupContext } from '../groups'
import { DraftCard } from './DraftCard'
import { DraftLine } from './DraftLine'
import { closeDraft, openDraft, useOpenDrafts } from './open'

/** The line that takes what was spent in plain words, and the drafts that came of it. */
export function Drafts({ group, people }: GroupContext) {
  const ids = useOpenDrafts(group.id)
  const [text, setText] = useState('')
  const section = useRef<HTMLElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  useFocusAfter(section, ids.length)

  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={t`Drafts`}
      className="grid gap-3 px-4 pt-4 pb-2 outline-none lg:px-0 lg:pt-0"
    >
      <DraftLine
        group={group}
        people={people}
        field={field}
        first={ids.length === 0}
        text={text}
        onText={setText}
        onDraft={(id) => {
          openDraft(group.id, id)
        }}
      />
      {ids.map((id) => (
        <DraftCard
          key={id}
          id={id}
          people={people}
          onGone={() => {
            closeDraft(group.id, id)
          }}
          onRewrite={(again) => {
            setText((typed) => [again, typed].filter(Boolean).join('\n'))
            field.current?.focus()
          }}
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
