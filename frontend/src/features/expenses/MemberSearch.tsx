import { t } from '@lingui/core/macro'
import { useState } from 'react'
import type { People, Person } from '../groups'

// A list that fits on the screen needs no search.
const FEW = 8

/** The members whose names hold what was typed; accents and case do not matter. */
export function useMemberSearch(members: readonly Person[], people: People) {
  const [text, setText] = useState('')
  const wanted = plain(text)
  return {
    text,
    setText,
    offered: members.length > FEW,
    found: wanted ? members.filter(({ id }) => plain(people.label(id)).includes(wanted)) : members,
  }
}

/** The field of a member search, where there are enough members for one. */
export function MemberSearch({ text, setText, offered }: ReturnType<typeof useMemberSearch>) {
  if (!offered) return null
  return (
    <input
      type="search"
      className="field"
      autoComplete="off"
      aria-label={t`Find a member`}
      placeholder={t`Find a member`}
      value={text}
      onChange={(event) => {
        setText(event.target.value)
      }}
    />
  )
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim()
}
