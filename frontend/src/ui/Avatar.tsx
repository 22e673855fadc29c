import { classes } from './classes'
import { TINTS } from './tints'

const COLOURS = [
  TINTS.violet,
  TINTS.blue,
  TINTS.coral,
  TINTS.green,
  TINTS.pink,
  TINTS.amber,
] as const

/** The same person has the same colour everywhere. */
function colourOf(name: string): string {
  let hash = 0
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 9973
  return COLOURS[hash % COLOURS.length] ?? TINTS.grey
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The first letter as a person sees it: an accent or an emoji may be several characters. */
function firstOf(word: string): string {
  const [first] = graphemes.segment(word)
  return first?.segment ?? ''
}

/** The initials of the first and the last word of a name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : words
  return ends
    .map((word) => firstOf(word ?? ''))
    .join('')
    .toLocaleUpperCase()
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
        colourOf(name),
      )}
    >
      {initialsOf(name)}
    </span>
  )
}
