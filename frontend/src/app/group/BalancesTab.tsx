import { useGroup } from '../../features/groups/useGroup'
import { BalanceList } from '../../features/payments/BalanceList'
import { PaymentList } from '../../features/payments/PaymentList'
import { Reminders } from '../../features/payments/reminders/Reminders'
import { SettlementList } from '../../features/payments/SettlementList'

export function BalancesTab() {
  const context = useGroup()
  return (
    <div className="grid items-start gap-4 p-4 lg:grid-cols-2 lg:gap-6 lg:px-0 lg:pt-6">
      <SettlementList {...context} />
      <BalanceList {...context} />
      <Reminders {...context} />
      <div className="lg:col-span-2">
        <PaymentList {...context} />
      </div>
    </div>
  )
}
