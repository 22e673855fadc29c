import { t } from '@lingui/core/macro'
import { GroupList, Totals, useStanding } from '../../features/groups'
import { NeedsYou } from '../../features/payments'
import { Page } from '../../ui/Page'

/** Where the app opens: how one stands, what to do about it, and the groups. */
export function HomePage() {
  const { groups, standing } = useStanding()
  const isNew = groups?.length === 0
  return (
    <Page title={t({ message: 'Home', context: 'place' })}>
      {!isNew && <Totals balances={standing && (standing.balances ?? null)} />}
      {groups && <NeedsYou groups={groups} />}
      <GroupList />
    </Page>
  )
}
