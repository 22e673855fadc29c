import { t } from '@lingui/core/macro'
import { GroupList, Totals, useGroups } from '../../features/groups'
import { NeedsYou } from '../../features/payments'
import { Page } from '../../ui/Page'

/** Where the app opens: how one stands, what to do about it, and the groups. */
export function HomePage() {
  const { groups, more } = useGroups({ all: true })
  return (
    <Page title={t({ message: 'Home', context: 'place' })}>
      {groups && !more && <Totals groups={groups} />}
      {groups && <NeedsYou groups={groups} />}
      <GroupList />
    </Page>
  )
}
