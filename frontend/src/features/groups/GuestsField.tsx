import { t } from '@lingui/core/macro'
import { Plus, X } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { Avatar } from '../../ui/Avatar'
import { IconButton } from '../../ui/Button'
import { Field } from '../../ui/Field'

interface GuestsFieldProps {
  guests: string[]
  onChange: (guests: string[]) => void
}

/** Names of people without an account; Enter adds the next one. */
export function GuestsField({ guests, onChange }: GuestsFieldProps) {
  const [name, setName] = useState('')

  function add() {
    const next = name.trim()
    if (next && !guests.includes(next)) onChange([...guests, next])
    setName('')
  }

  function onKeyDown(event: KeyboardEvent) {
    // Enter in an empty field sends the form, as everywhere.
    if (event.key !== 'Enter' || !name.trim()) return
    event.preventDefault()
    add()
  }

  return (
    <div className="grid gap-2">
      <Field
        label={t`Guests`}
        optional
        hint={t`People without an account. They can take over their name later; everybody else you invite by link.`}
      >
        {(control) => (
          <span className="flex gap-2">
            <input
              {...control}
              className="field"
              autoComplete="off"
              placeholder={t`Name`}
              value={name}
              onChange={(event) => {
                setName(event.target.value)
              }}
              onKeyDown={onKeyDown}
              onBlur={add}
            />
            <IconButton
              label={t`Add guest`}
              className="size-11! border border-line-strong"
              onClick={add}
            >
              <Plus size={18} aria-hidden="true" />
            </IconButton>
          </span>
        )}
      </Field>
      <ul className="flex flex-wrap gap-1.5">
        {guests.map((guest) => (
          <li
            key={guest}
            className="flex items-center gap-2 rounded-full bg-tile py-0.5 pl-1 text-sm"
          >
            <Avatar name={guest} size="small" guest />
            {guest}
            <IconButton
              label={t`Remove ${guest}`}
              className="reach size-9! rounded-full"
              onClick={() => {
                onChange(guests.filter((other) => other !== guest))
              }}
            >
              <X size={15} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
    </div>
  )
}
