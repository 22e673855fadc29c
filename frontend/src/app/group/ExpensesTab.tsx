import { t } from '@lingui/core/macro'
import { ExpenseList } from '../../features/expenses/ExpenseList'
import { useGroup } from '../../features/groups/useGroup'
import { BalanceList } from '../../features/payments/BalanceList'
import { SettlementList } from '../../features/payments/SettlementList'
import { useDialog } from '../../ui/useDialog'
import { useMedia, WIDE } from '../../ui/useMedia'
import { Skeleton } from '../../ui/states'
import { DialogPlace } from '../DialogPlace'
import { LazyPart } from '../LazyPart'
import { lazyPage } from '../lazyPage'
import { ExpensePanel } from './dialogs'

/** Its form is more than the list needs to be seen. */
const Drafts = lazyPage(async () => (await import('../../features/drafts/Drafts')).Drafts, 'group')

/** What was spent; on a wide screen beside what it comes to. */
export function ExpensesTab() {
  const context = useGroup()
  const { name } = useDialog()
  const wide = useMedia(WIDE)
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_21rem] lg:pt-6">
      <div>
        {!context.group.archivedAt && (
          <div className="px-4 pt-4 pb-2 lg:px-0 lg:pt-0">
            <LazyPart waiting={<Skeleton className="h-20" />}>
              <Drafts {...context} />
            </LazyPart>
          </div>
        )}
        <ExpenseList />
      </div>
      <aside
        aria-label={t`Details`}
        className="sticky top-[calc(var(--banner-height)+4.5rem)] hidden max-h-[calc(100dvh-5rem)] gap-4 overflow-y-auto rounded-2xl lg:grid"
      >
        {wide && name === 'show' ? (
          <DialogPlace>
            <ExpensePanel {...context} />
          </DialogPlace>
        ) : (
          <>
            <SettlementList {...context} />
            <BalanceList {...context} />
          </>
        )}
      </aside>
    </div>
  )
}
