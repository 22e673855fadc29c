import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { factsOf } from './facts'
import { sentenceOfRefusal } from './refusals'

/** What sentences are composed of. */
const SAMPLE = Object.entries({
  currency: 'EUR',
  first: '2000-01-01',
  last: '2027-11-30',
  most: '2',
  percent: '90.00',
  sum: '9.00',
  total: '10.00',
}).map(([name, value]) => ({ name, value }))

const SUBGRAPHS = join(import.meta.dirname, '../../../subgraphs')

const read = (file: string) => readFileSync(join(SUBGRAPHS, file), 'utf8')

const found = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort()

describe('what the API refuses', () => {
  const codes = found(read('lib/contracts/src/refusal.rs'), /^ {4}\w+ = "([A-Z_]+)",$/gm)
  it.each(codes)('has a sentence for the code %s', (code) => {
    const [sentence, unknown] = [code, 'INTERNAL'].map((each) =>
      sentenceOfRefusal(each, 0, factsOf([])),
    )
    expect(sentence).not.toBe(unknown)
  })

  const files = readdirSync(SUBGRAPHS, { recursive: true, encoding: 'utf8' })
  const rust = files
    .filter((file) => /\/src\/.*\.rs$/.test(file))
    .map(read)
    .join('\n')
  const reasons = found(rust, /\b(?:forbidden|because)\(\s*"([A-Z_]+)"/g)
  const counted = found(rust, /\btoo_many\(\s*"([A-Z_]+)"/g).map((what) => `TOO_MANY_${what}`)
  it.each([...reasons, ...counted])('has a sentence for the reason %s', (reason) => {
    const facts = factsOf([...SAMPLE, { name: 'reason', value: reason }])
    expect(sentenceOfRefusal('', 0, facts)).not.toBe(sentenceOfRefusal('', 0, factsOf([])))
  })

  it('finds them in the code of the subgraphs', () => {
    expect(codes).toEqual(expect.arrayContaining(['NOT_ALLOWED', 'LEDGER_FULL', 'NOT_CONFIGURED']))
    expect(reasons).toEqual(expect.arrayContaining(['ARCHIVED', 'ROLE_FORBIDS', 'TOO_LONG']))
    expect(counted).toContain('TOO_MANY_COMMENTS')
  })
})
