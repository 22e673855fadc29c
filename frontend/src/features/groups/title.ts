import type { GroupKind } from '../../api/schema.generated'

interface Named {
  name: string
  kind: GroupKind
  members: readonly { id: string; name: string }[]
  viewerMember: { id: string }
}

/** What two friends share outside of any group; it is never called a group. */
export function isDirect({ kind }: Pick<Named, 'kind'>): boolean {
  return kind === 'DIRECT'
}

/** The friend with whom the viewer shares a direct group. */
export function friendIn<Member extends { id: string }>(group: {
  members: readonly Member[]
  viewerMember: { id: string }
}): Member | undefined {
  return group.members.find(({ id }) => id !== group.viewerMember.id)
}

/** What the viewer calls a group: by its name, or by the friend's. */
export function groupTitle(group: Named): string {
  return (isDirect(group) && friendIn(group)?.name) || group.name
}
