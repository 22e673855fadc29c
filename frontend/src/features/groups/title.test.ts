import { expect, it } from 'vitest'
import { lisbon } from '../../test/group'
import { groupTitle } from './title'

it('is the name of a group', () => {
  expect(groupTitle(lisbon())).toBe('Lisbon')
})

it('is the name of the friend, between two', () => {
  const names = lisbon({ kind: 'DIRECT', name: 'Ada, Ben' })
  expect(groupTitle(names)).toBe('Ben')
  expect(groupTitle({ ...names, viewerMember: { id: 'ben' } })).toBe('Ada')
})
