interface Named {
  id: string
  name: string
}

const AT_END = /(?:^|\s)@(\S{0,40})$/u

/** What somebody is typing after an "@" at the end of a text; undefined when that is nothing. */
export function mentionAtEnd(text: string): string | undefined {
  return AT_END.exec(text)?.[1]
}

/** Whom that may mean. */
export function matching<Person extends Named>(people: readonly Person[], typed: string): Person[] {
  const begun = typed.toLocaleLowerCase()
  return people.filter(({ name }) => name.toLocaleLowerCase().startsWith(begun))
}

/** The text with the name that was chosen in the place of what was typed. */
export function completed(text: string, name: string): string {
  return `${text.slice(0, text.lastIndexOf('@') + 1)}${name} `
}

export interface Piece {
  text: string
  isMention: boolean
}

/** A text in pieces, so that the names that it mentions can stand out; the longest name wins. */
export function piecesOf(text: string, names: readonly string[]): Piece[] {
  const marks = names.map((name) => `@${name}`).sort((one, other) => other.length - one.length)
  const pieces: Piece[] = []
  let rest = text
  while (rest) {
    const first = firstMark(rest, marks)
    if (!first) break
    if (first.at > 0) pieces.push({ text: rest.slice(0, first.at), isMention: false })
    pieces.push({ text: rest.slice(first.at, first.at + first.length), isMention: true })
    rest = rest.slice(first.at + first.length)
  }
  return rest ? [...pieces, { text: rest, isMention: false }] : pieces
}

function firstMark(text: string, marks: readonly string[]) {
  const lower = text.toLocaleLowerCase()
  let first: { at: number; length: number } | undefined
  for (const { length, at } of marks.map((mark) => ({
    length: mark.length,
    at: lower.indexOf(mark.toLocaleLowerCase()),
  }))) {
    if (at >= 0 && (!first || at < first.at)) first = { at, length }
  }
  return first
}
