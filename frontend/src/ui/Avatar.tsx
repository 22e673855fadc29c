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

const SIZES = {
  small: 'size-7 text-[0.6875rem]',
  regular: 'size-9 text-sm',
  large: 'size-20 text-2xl',
} as const

interface AvatarProps {
  name: string
  /** A data URL. The owner of another address would be told who looks at it. */
  picture?: string | null | undefined
  guest?: boolean
  size?: keyof typeof SIZES
}

/** The person's picture, or initials on the person's colour; a guest, who has no account, gets a dashed rim. */
export function Avatar({ name, picture, guest = false, size = 'regular' }: AvatarProps) {
  if (picture?.startsWith('data:image/')) {
    const look = classes('shrink-0 rounded-full object-cover', SIZES[size])
    return <img src={picture} alt="" className={look} />
  }
  return (
    <span
      aria-hidden="true"
      className={classes(
        'inline-grid shrink-0 place-items-center rounded-full font-semibold select-none',
        SIZES[size],
        guest && 'outline-1 outline-offset-1 outline-line-strong outline-dashed',
        colourOf(name),
      )}
    >
      {initialsOf(name)}
    </span>
  )
}
