import { CategorySettings } from '../../features/expenses/customCategories/CategorySettings'
import { PresetSettings } from '../../features/expenses/presets/PresetSettings'
import { GroupSettings } from '../../features/groups/settings/GroupSettings'
import { useGroup } from '../../features/groups/useGroup'
import { ScheduleList } from '../../features/schedules/ScheduleList'
import { ExportGroup } from '../../features/transfer/ExportGroup'

/** What is about a group itself: what recurs in it, and what can be taken along of it, too. */
export function SettingsTab() {
  const { group, people } = useGroup()
  return (
    <GroupSettings>
      <CategorySettings groupId={group.id} />
      <PresetSettings />
      <ScheduleList group={group} people={people} />
      <ExportGroup groupId={group.id} />
    </GroupSettings>
  )
}
