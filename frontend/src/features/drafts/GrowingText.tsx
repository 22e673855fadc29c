import { useId, type KeyboardEvent, type RefObject } from 'react'
import { classes } from '../../ui/classes'

interface GrowingTextProps {
  field: RefObject<HTMLTextAreaElement | null>
  label: string
  hint: string
  /** Shows the hint to who is about to write; a screen reader tells it anyway. */
  hinting: boolean
  busy: boolean
  text: string
  onText: (text: string) => void
  onEnter: () => void
}

// Below 16 px, phones zoom into a focused field.
const FRAME = 'col-start-1 row-start-1 max-h-34 px-1.5 py-2 text-[1rem] leading-6 wrap-anywhere'

/** A field of one line that grows to a few. Enter sends; with Shift it begins a new line. */
export function GrowingText(props: GrowingTextProps) {
  const { field, label, hint, hinting, busy, text, onText, onEnter } = props
  const id = useId()

  function onKeyDown(event: KeyboardEvent) {
    // While a word is being composed, Enter chooses it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    onEnter()
  }

  return (
    <div className="grid grow">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      {/* The same text makes the room that the field fills. */}
      <div
        aria-hidden="true"
        className={classes(FRAME, 'invisible overflow-hidden whitespace-pre-wrap')}
      >
        {text}{' '}
      </div>
      <textarea
        ref={field}
        id={id}
        rows={1}
        enterKeyHint="send"
        placeholder={label}
        aria-describedby={`${id}-hint`}
        readOnly={busy}
        value={text}
        onChange={(event) => {
          onText(event.target.value)
        }}
        onKeyDown={onKeyDown}
        className={classes(FRAME, 'resize-none outline-none placeholder:text-faint')}
      />
      <p
        id={`${id}-hint`}
        className={classes(
          'truncate px-1.5 pb-1 text-sm text-faint',
          hinting && !text ? 'not-group-focus-within/line:sr-only' : 'sr-only',
        )}
      >
        {hint}
      </p>
    </div>
  )
}
