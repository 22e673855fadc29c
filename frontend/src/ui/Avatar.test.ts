import { expect, test } from 'vitest'
import { initialsOf } from './Avatar'

test.each([
  ['Ada', 'A'],
  ['Ada Lovelace', 'AL'],
  ['ada byron king lovelace', 'AL'],
  ['Zoë', 'Z'],
  ['Éva Ödön', 'ÉÖ'],
  ['👩‍👩‍👧 family', '👩‍👩‍👧F'],
  ['李 小龙', '李小'],
  ['', ''],
])('the initials of "%s" are "%s"', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
