import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { useGroup } from '../../features/groups/useGroup'
import { BalanceList } from '../../features/payments/BalanceList'
import { Converted } from '../../features/payments/converted/Converted'
import { HouseholdBalances } from '../../features/payments/households/HouseholdBalances'
import { PaymentList } from '../../features/payments/PaymentList'
import { Reminders } from '../../features/payments/reminders/Reminders'
import { SettlementList } from '../../features/payments/SettlementList'
import { Segmented } from '../../ui/Segmented'

export function BalancesTab() {
  const context = useGroup()
  const [parties, setParties] = useState<'people' | 'households'>('people')
  const hasHouseholds = context.group.households.length > 0
  return (
    <div className="grid items-start gap-4 p-4 lg:grid-cols-2 lg:gap-6 lg:px-0 lg:pt-6">
      {hasHouseholds && (
        <div className="lg:col-span-2 lg:max-w-sm">
          <Segmented
            label={t`Who counts as one`}
            value={parties}
            options={[
              ['people', t`By person`],
              ['households', t`By household`],
            ]}
            onChange={setParties}
          />
        </div>
      )}
      {hasHouseholds && parties === 'households' ? (
        <HouseholdBalances {...context} />
      ) : (
        <>
          <SettlementList {...context} />
          <BalanceList {...context} />
        </>
      )}
      <Converted {...context} />
      <Reminders {...context} />
      <div className="lg:col-span-2">
        <PaymentList {...context} />
      </div>
    </div>
  )
}
