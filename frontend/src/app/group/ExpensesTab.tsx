import { t } from '@lingui/core/macro'
import { Drafts } from '../../features/drafts/Drafts'
import { ExpenseList } from '../../features/expenses/ExpenseList'
import { useGroup } from '../../features/groups/useGroup'
import { BalanceList } from '../../features/payments/BalanceList'
import { SettlementList } from '../../features/payments/SettlementList'
import { useDialog } from '../../ui/useDialog'
import { useMedia, WIDE } from '../../ui/useMedia'
import { DialogPlace } from '../DialogPlace'
import { ExpensePanel } from './dialogs'

/** What was spent; on a wide screen beside what it comes to. */
export function ExpensesTab() {
  const context = useGroup()
  const { name } = useDialog()
  const wide = useMedia(WIDE)
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_21rem] lg:pt-6">
      <div>
        <Drafts {...context} />
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
