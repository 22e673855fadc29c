import { GroupSettings } from '../../features/groups/settings/GroupSettings'
import { useGroup } from '../../features/groups/useGroup'
import { ExportGroup } from '../../features/transfer/ExportGroup'

/** What is about a group itself, and what can be taken along of it. */
export function SettingsTab() {
  const { group } = useGroup()
  return (
    <GroupSettings>
      <ExportGroup groupId={group.id} />
    </GroupSettings>
  )
}
