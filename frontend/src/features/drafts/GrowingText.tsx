import { useId, type ComponentProps, type KeyboardEvent } from 'react'
import { classes } from '../../ui/classes'

interface GrowingTextProps extends Omit<ComponentProps<'textarea'>, 'id'> {
  label: string
  hint: string
  /** Shows the hint to who is about to write; a screen reader tells it anyway. */
  hinting: boolean
  /** What stands in the field. */
  text: string
}

// Below 16 px, phones zoom into a focused field.
const FRAME = 'col-start-1 row-start-1 max-h-34 px-1.5 py-2.5 text-[1rem] leading-6 wrap-anywhere'

/** A field of one line that grows to a few. Enter sends; with Shift it begins a new line. */
export function GrowingText(props: GrowingTextProps) {
  const { label, hint, hinting, text, ...field } = props
  const id = useId()

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    // While a word is being composed, Enter chooses it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
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
        {...field}
        id={id}
        rows={1}
        enterKeyHint="send"
        placeholder={label}
        aria-describedby={`${id}-hint`}
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
