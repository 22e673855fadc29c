import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { SendHorizontal } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useOnline } from '../../../api/connection'
import { SendButton } from '../../../api/SendButton'
import { Avatar } from '../../../ui/Avatar'
import { Button, IconButton } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import type { People } from '../../groups'
import { completed, matching, mentionAtEnd } from './mentions'

// A choice that fits beside the field.
const OFFERED = 5

interface CommentFormProps {
  label: string
  initial?: string
  people: People
  busy: boolean
  error: string | undefined
  /** Says whether it was taken. */
  onSend: (text: string) => Promise<boolean>
  onCancel?: () => void
}

/** A text for a comment; "@" offers the members to mention. Enter sends, Shift and Enter begin a new line. */
export function CommentForm(props: CommentFormProps) {
  const { label, initial = '', people, busy, error, onSend, onCancel } = props
  const { control, register, handleSubmit, reset, setFocus, setValue } = useForm({
    defaultValues: { text: initial },
  })
  const text = useWatch({ control, name: 'text' })
  const online = useOnline()

  const send = handleSubmit(async () => {
    if (text.trim() && (await onSend(text.trim()))) reset({ text: '' })
  })

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void send()
  }

  return (
    <form className="grid gap-2" onSubmit={(event) => void send(event)}>
      <FormError>{error}</FormError>
      <Suggestions
        text={text}
        people={people}
        onChoose={(name) => {
          setValue('text', completed(text, name))
          setFocus('text')
        }}
      />
      <div className="flex items-end gap-2">
        <textarea
          aria-label={label}
          placeholder={label}
          rows={1}
          maxLength={1000}
          onKeyDown={onKeyDown}
          {...register('text')}
          className="field max-h-40 resize-none [field-sizing:content]"
        />
        {onCancel ? (
          <>
            <Button look="secondary" onClick={onCancel}>
              <Trans>Cancel</Trans>
            </Button>
            <SendButton busy={busy} disabled={!text.trim()}>
              <Trans>Save</Trans>
            </SendButton>
          </>
        ) : (
          <IconButton
            type="submit"
            label={online ? t`Send` : t`You are offline`}
            disabled={busy || !online || !text.trim()}
            className="bg-brand-soft text-brand! disabled:opacity-55"
          >
            <SendHorizontal size={19} aria-hidden="true" />
          </IconButton>
        )}
      </div>
    </form>
  )
}

interface SuggestionsProps {
  text: string
  people: People
  onChoose: (name: string) => void
}

/** The members that a name after "@" may mean. */
function Suggestions({ text, people, onChoose }: SuggestionsProps) {
  const typed = mentionAtEnd(text)
  if (typed === undefined) return null
  const others = people.active.filter(({ id, isGuest }) => !isGuest && !people.isViewer(id))
  const found = matching(others, typed).slice(0, OFFERED)
  if (found.length === 0) return null
  return (
    <ul aria-label={t`Mention`} className="flex flex-wrap gap-1.5">
      {found.map(({ id, name }) => (
        <li key={id}>
          <button
            type="button"
            className="flex min-h-11 items-center gap-2 rounded-full bg-tile py-1 pr-3.5 pl-1.5 text-sm font-semibold hover:bg-hover"
            onClick={() => {
              onChoose(name)
            }}
          >
            <Avatar name={name} size="small" />
            {name}
          </button>
        </li>
      ))}
    </ul>
  )
}
