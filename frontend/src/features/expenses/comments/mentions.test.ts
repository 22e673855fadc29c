import { describe, expect, it, test } from 'vitest'
import { completed, matching, mentionAtEnd, piecesOf } from './mentions'

test.each([
  ['@', ''],
  ['thanks @be', 'be'],
  ['ada@example', undefined],
  ['@Ben was there', undefined],
])('what is being typed in "%s"', (text, typed) => {
  expect(mentionAtEnd(text)).toBe(typed)
})

test('a begun name is completed', () => {
  const people = [
    { id: '1', name: 'Ben' },
    { id: '2', name: 'Bea Müller' },
    { id: '3', name: 'Cleo' },
  ]
  expect(matching(people, 'be').map(({ id }) => id)).toEqual(['1', '2'])
  expect(completed('thanks @be', 'Bea Müller')).toBe('thanks @Bea Müller ')
})

describe('piecesOf', () => {
  const marked = (text: string, ...names: string[]) =>
    piecesOf(text, names)
      .map(({ text: piece, isMention }) => (isMention ? `[${piece}]` : piece))
      .join('')

  it('finds every mention, in any case of letters', () => {
    expect(marked('@Ben, ask @BEN', 'Ben')).toBe('[@Ben], ask [@BEN]')
  })

  it('takes the longest name', () => {
    expect(marked('@Ben Stiller paid', 'Ben', 'Ben Stiller')).toBe('[@Ben Stiller] paid')
  })

  it('leaves a text without mentions as it is', () => {
    expect(marked('nobody here', 'Ben')).toBe('nobody here')
    expect(marked('')).toBe('')
  })
})
