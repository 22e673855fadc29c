import { useApolloClient } from '@apollo/client/react'
import { t } from '@lingui/core/macro'
import { ArrowUp, Camera, LoaderCircle } from 'lucide-react'
import { useRef, type RefObject, type SubmitEvent } from 'react'
import { useAction } from '../../api/useAction'
import { DraftExpense, type DraftPartsFragment } from './documents.generated'
import type { GroupContext } from '../groups'
import { IconButton } from '../../ui/Button'
import { FormError } from '../../ui/Field'
import { acceptDraft } from './follow'
import { GrowingText } from './GrowingText'
import { useReceipt } from './useReceipt'

interface DraftLineProps extends Pick<GroupContext, 'group' | 'people'> {
  field: RefObject<HTMLTextAreaElement | null>
  /** There is no draft yet to learn from. */
  first: boolean
  text: string
  onText: (text: string) => void
  /** A draft was begun. */
  onDraft: (id: string) => void
}

/** One line for what was spent, in words or as the photo of a receipt. */
export function DraftLine(props: DraftLineProps) {
  const { group, people, field, first, text, onText, onDraft } = props
  const { cache } = useApolloClient()
  const { run, busy, refusal, clear } = useAction(DraftExpense)
  const take = (draft: DraftPartsFragment) => {
    acceptDraft(cache, draft)
    onDraft(draft.id)
  }
  const receipt = useReceipt(group.id, take)

  async function submit(event?: SubmitEvent) {
    event?.preventDefault()
    const sentence = text.trim()
    if (!sentence) return
    const data = await run({ groupId: group.id, text: sentence })
    if (!data) return
    take(data.draftExpense)
    onText('')
  }

  return (
    <form onSubmit={submit} className="grid gap-2">
      <div className="group/line card flex items-start gap-1 p-1.5 transition-colors has-[textarea:focus-visible]:border-brand has-[textarea:focus-visible]:outline-1 has-[textarea:focus-visible]:outline-brand">
        {receipt.offered && (
          <ReceiptButton
            busy={receipt.busy}
            onPhoto={(file) => {
              // The button may be gone by the time the answer is here.
              void receipt.send(file).then(() => field.current?.focus())
            }}
          />
        )}
        <GrowingText
          field={field}
          label={t`What did you spend?`}
          hint={exampleFor(people)}
          hinting={first}
          busy={busy}
          text={text}
          onText={(typed) => {
            clear()
            receipt.clear()
            onText(typed)
          }}
          onEnter={() => void submit()}
        />
        <IconButton
          type="submit"
          label={t`Send`}
          disabled={!text.trim() || busy}
          className="self-end bg-brand! text-on-brand! transition-opacity! disabled:opacity-0"
        >
          <ArrowUp size={19} aria-hidden="true" />
        </IconButton>
      </div>
      <FormError>{refusal?.message ?? receipt.problem}</FormError>
      {receipt.notice && (
        <p role="status" className="rounded-xl bg-tile px-3.5 py-2.5 text-sm text-muted">
          {receipt.notice}
        </p>
      )}
    </form>
  )
}

/** A sentence as people of this group would say it. */
function exampleFor({ everyone, viewerId }: GroupContext['people']): string {
  const other = everyone.find(({ id }) => id !== viewerId)
  const name = other?.name
  return name ? t`Such as “Pizza 42, ${name} paid”` : t`Such as “Pizza 42, half each”`
}

interface ReceiptButtonProps {
  busy: boolean
  onPhoto: (photo: File) => void
}

/** Takes a photo, or chooses one: phones offer both. */
function ReceiptButton({ busy, onPhoto }: ReceiptButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  const Icon = busy ? LoaderCircle : Camera
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t`Photo of a receipt`}
        onChange={({ target }) => {
          const [photo] = target.files ?? []
          if (photo) onPhoto(photo)
          // The same photo can be chosen again.
          target.value = ''
        }}
      />
      <IconButton
        label={t`Add a receipt`}
        disabled={busy}
        onClick={() => {
          input.current?.click()
        }}
      >
        <Icon size={20} className={busy ? 'animate-spin' : undefined} aria-hidden="true" />
      </IconButton>
    </>
  )
}
