import { Plural, Trans } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import type { Person } from '../groups'
import { formatMoney, type Money } from '../../lib/money'
import { Avatar } from '../../ui/Avatar'
import type { ModeProps } from './fields'
import { MemberSearch, useMemberSearch } from './MemberSearch'
import { lastSharers } from './lastSharers'
import { sharers, type Without } from './split'

/** Who shares equally: everybody, until some are taken out. */
export function SharersField(props: ModeProps) {
  const { members, people, form, change, preview } = props
  const search = useMemberSearch(members, people)
  const taking = (without: Without) => {
    change({ without })
  }
  return (
    <div className="grid gap-1">
      <Shortcuts {...props} onChange={taking} />
      <MemberSearch {...search} />
      <ul className="grid">
        {search.found.map((person) => (
          <SharerRow
            key={person.id}
            person={person}
            label={people.label(person.id)}
            taking={!form.without[person.id]}
            share={preview?.get(person.id)}
            onChange={(takesPart) => {
              taking({ ...form.without, [person.id]: !takesPart })
            }}
          />
        ))}
      </ul>
    </div>
  )
}

interface ShortcutsProps extends ModeProps {
  onChange: (without: Without) => void
}

/** Everybody, nobody, or the same people as last time, in one tap each. */
function Shortcuts({ members, people, form, onChange }: ShortcutsProps) {
  const ids = members.map(({ id }) => id)
  const count = sharers(form.without, ids).length
  const [last] = useState(() => lastSharers(people.viewerId))
  if (members.length < 3) return null
  const nobody = Object.fromEntries(ids.map((id) => [id, true]))
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Shortcut
        pressed={count === ids.length}
        onClick={() => {
          onChange({})
        }}
      >
        <Trans>All</Trans>
      </Shortcut>
      <Shortcut
        pressed={count === 0}
        onClick={() => {
          onChange(nobody)
        }}
      >
        <Trans>None</Trans>
      </Shortcut>
      {last && (
        <Shortcut
          pressed={false}
          onClick={() => {
            onChange(last)
          }}
        >
          <Trans>As last time</Trans>
        </Shortcut>
      )}
      <span className="ml-auto text-sm text-muted">
        <Plural value={count} one="# person" other="# people" />
      </span>
    </div>
  )
}

interface ShortcutProps {
  pressed: boolean
  onClick: () => void
  children: ReactNode
}

function Shortcut({ pressed, onClick, children }: ShortcutProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className="min-h-11 rounded-full border border-line px-3.5 text-sm font-semibold text-muted transition-colors hover:bg-hover aria-pressed:border-brand aria-pressed:bg-brand-soft aria-pressed:text-brand"
    >
      {children}
    </button>
  )
}

interface SharerRowProps {
  person: Person
  label: string
  taking: boolean
  share: Money | undefined
  onChange: (taking: boolean) => void
}

function SharerRow({ person, label, taking, share, onChange }: SharerRowProps) {
  return (
    <li>
      <label className="flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-1.5 transition-colors hover:bg-hover">
        <input
          type="checkbox"
          className="size-5 accent-brand"
          checked={taking}
          onChange={(event) => {
            onChange(event.target.checked)
          }}
        />
        <Avatar name={person.name} guest={person.isGuest} size="small" />
        <bdi className="min-w-0 grow truncate">{label}</bdi>
        <span className="tabular text-sm text-muted">{share && formatMoney(share)}</span>
      </label>
    </li>
  )
}
