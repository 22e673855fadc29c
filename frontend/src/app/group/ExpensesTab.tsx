import { t } from '@lingui/core/macro'
import { Drafts } from '../../features/drafts/Drafts'
import { ExpenseList } from '../../features/expenses/ExpenseList'
import { useGroup } from '../../features/groups/useGroup'
import { BalanceList } from '../../features/payments/BalanceList'
import { SettlementList } from '../../features/payments/SettlementList'

/** What was spent; on a wide screen beside what it comes to. */
export function ExpensesTab() {
  const context = useGroup()
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_19rem] lg:pt-6">
      <div>
        <Drafts {...context} />
        <ExpenseList />
      </div>
      <aside aria-label={t`Balances`} className="sticky top-6 hidden gap-4 lg:grid">
        <SettlementList {...context} />
        <BalanceList {...context} />
      </aside>
    </div>
  )
}
