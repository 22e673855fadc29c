import { expect, test } from 'vitest'
import { may, type Action } from './permission'

const TABLE: readonly (readonly [Action, owner: boolean, admin: boolean, member: boolean])[] = [
  ['editSettings', true, true, false],
  ['archive', true, true, false],
  ['revokeInvites', true, true, false],
  ['removeMember', true, true, false],
  ['removeAdmin', true, false, false],
  ['changeRoles', true, false, false],
  ['handOver', true, false, false],
]

test.each(TABLE)('who may %s', (action, owner, admin, member) => {
  expect(may('OWNER', action)).toBe(owner)
  expect(may('ADMIN', action)).toBe(admin)
  expect(may('MEMBER', action)).toBe(member)
})
