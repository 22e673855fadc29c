import { t } from '@lingui/core/macro'
import type { GroupLiveFragment } from './documents.generated'

/** Why the viewer cannot change something that others entered in a group. */
export function whyNotEditable(
  group: Pick<GroupLiveFragment, 'archivedAt' | 'expenseEditing'>,
): string {
  if (group.archivedAt) return t`This group is archived. An owner or an admin can restore it.`
  switch (group.expenseEditing) {
    case 'OWN':
      return t`Whoever entered it, an owner or an admin can change it.`
    case 'INVOLVED':
      return t`Whoever entered, pays or shares it, an owner or an admin can change it.`
    case 'ALL':
      // Known only a moment after the group was restored, or its setting changed.
      return t`Everybody in the group can change it now. Close it and open it again.`
  }
}
