import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Entry {
  source: string
  translation: string
}

/** The entries of a language's catalogs, each with its text on one line. */
function entriesOf(language: string): Entry[] {
  const folder = `src/locales/${language}`
  const files = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
  const text = files.join('\n').replaceAll('"\n"', '')
  return [...text.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm)].map(
    ([, source = '', translation = '']) => ({ source, translation }),
  )
}

// A brace behind the name of a plural form opens a text, not a value.
const SLOT = /(?<!(?:=\d+|zero|one|two|few|many|other) )\{(\w+)[,}]|<(\d+)\/?>/g

/** What is put into a text: the names of its values and the numbers of its elements. */
function slotsOf(text: string): string[] {
  const slots = [...text.matchAll(SLOT)].map(([, value, tag]) => value ?? tag)
  return [...new Set(slots)].filter((slot) => slot !== undefined).sort()
}

test.each(['de', 'es'])(
  'no translation into %s loses or invents a value or an element',
  (language) => {
    const entries = entriesOf(language)
    expect(entries.length).toBeGreaterThan(300)
    for (const { source, translation } of entries) {
      expect(slotsOf(translation), source).toEqual(slotsOf(source))
    }
  },
)
