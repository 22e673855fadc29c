import type { Role } from '../../../api/schema.generated'

/** What a person may want to do in a group, besides what every member may. */
export type Action =
  | 'editSettings'
  | 'archive'
  | 'revokeInvites'
  | 'removeMember'
  | 'removeAdmin'
  | 'changeRoles'
  | 'handOver'

// As the table in subgraphs/groups/src/group/permission.rs, which decides; this only hides what would be refused.
const ALLOWED: Record<Action, readonly Role[]> = {
  editSettings: ['OWNER', 'ADMIN'],
  archive: ['OWNER', 'ADMIN'],
  revokeInvites: ['OWNER', 'ADMIN'],
  removeMember: ['OWNER', 'ADMIN'],
  removeAdmin: ['OWNER'],
  changeRoles: ['OWNER'],
  handOver: ['OWNER'],
}

/** Whether a member with this role may do that. */
export function may(role: Role, action: Action): boolean {
  return ALLOWED[action].includes(role)
}
