import { t } from '@lingui/core/macro'
import { Segmented } from '../../../ui/Segmented'
import { KINDS } from '../handles/kinds'
import type { PayOptionPartsFragment } from './documents.generated'

interface WayChoiceProps {
  options: readonly PayOptionPartsFragment[]
  chosen: number
  onChoose: (index: number) => void
}

/** The ways in which a receiver can be paid, in the receiver's order. */
export function WayChoice({ options, chosen, onChoose }: WayChoiceProps) {
  const ways = options.map(({ kind }, index) => [String(index), t(KINDS[kind].label)] as const)
  return (
    <Segmented
      label={t`How to pay`}
      value={String(chosen)}
      options={ways}
      onChange={(value) => {
        onChoose(ways.findIndex(([index]) => index === value))
      }}
    />
  )
}
