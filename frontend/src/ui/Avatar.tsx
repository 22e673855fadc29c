import { classes } from './classes'

const TINTS = [
  'bg-[light-dark(#e9def5,#3a2c52)] text-[light-dark(#55308a,#cfb4f5)]',
  'bg-[light-dark(#d9ecf2,#173a46)] text-[light-dark(#135a70,#8fd3e8)]',
  'bg-[light-dark(#f7e0d8,#4a2a20)] text-[light-dark(#8d3a1c,#f2b59d)]',
  'bg-[light-dark(#e2ecd3,#2d3a1a)] text-[light-dark(#476018,#c1da92)]',
  'bg-[light-dark(#f8dfe8,#4a2133)] text-[light-dark(#8f2450,#f4a9c5)]',
  'bg-[light-dark(#f5e8c8,#40330f)] text-[light-dark(#70540a,#e8cd80)]',
]

/** The same person has the same colour everywhere. */
function tintOf(name: string): string {
  let hash = 0
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 9973
  return TINTS[hash % TINTS.length] ?? ''
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = words.at(0) ?? ''
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  return [first, last]
    .map((word) => word.slice(0, 1))
    .join('')
    .toUpperCase()
}

interface AvatarProps {
  name: string
  guest?: boolean
  size?: 'small' | 'regular'
}

/** Initials on the person's colour; a guest, who has no account, gets a dashed rim. */
export function Avatar({ name, guest = false, size = 'regular' }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        'inline-grid shrink-0 place-items-center rounded-full font-semibold select-none',
        size === 'small' ? 'size-7 text-[0.6875rem]' : 'size-9 text-sm',
        guest && 'outline-1 outline-offset-1 outline-line-strong outline-dashed',
        tintOf(name),
      )}
    >
      {initialsOf(name)}
    </span>
  )
}
