import { t } from '@lingui/core/macro'
import { ArrowUp, Camera, LoaderCircle } from 'lucide-react'
import { useRef } from 'react'
import { useOnline } from '../../api/connection'
import type { GroupContext } from '../groups'
import { IconButton } from '../../ui/Button'
import { FormError } from '../../ui/Field'
import { GrowingText } from './GrowingText'
import type { DraftLineForm } from './useDraftLine'

interface DraftLineProps extends Pick<GroupContext, 'people'> {
  line: DraftLineForm
  /** There is no draft yet to learn from. */
  first: boolean
}

/** One line for what was spent, in words or as the photo of a receipt. */
export function DraftLine({ line, people, first }: DraftLineProps) {
  const online = useOnline()
  const { input, text, busy, receipt, error, onSubmit, focus } = line
  return (
    <form onSubmit={onSubmit} className="grid gap-2" noValidate>
      <div className="group/line card flex items-start gap-1 p-1.5 transition-colors has-[textarea:focus-visible]:border-brand has-[textarea:focus-visible]:outline-1 has-[textarea:focus-visible]:outline-brand">
        {receipt.offered && (
          <ReceiptButton
            busy={receipt.busy}
            onPhoto={(file) => {
              // The button may be gone by the time the answer is here.
              void receipt.send(file).then(focus)
            }}
          />
        )}
        <GrowingText
          {...input}
          label={t`What did you spend?`}
          hint={exampleFor(people)}
          hinting={first}
          readOnly={busy}
          text={text}
        />
        <IconButton
          type="submit"
          label={online ? t`Send` : t`You are offline`}
          disabled={!text.trim() || busy || !online}
          className="self-end bg-brand! text-on-brand! transition-opacity! disabled:opacity-0"
        >
          <ArrowUp size={19} aria-hidden="true" />
        </IconButton>
      </div>
      <FormError>{error}</FormError>
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
