import type { ComponentProps } from 'react'
import { Amount } from '../ui/Amount'
import { unmask, type Masked } from './fragments'
import type { ShownFragment } from './shown.generated'

interface ShownAmountProps extends Omit<ComponentProps<typeof Amount>, 'money'> {
  of: Masked<ShownFragment>
}

/** An amount of the API that is only shown: nobody else reads its fields. */
export function ShownAmount({ of, ...look }: ShownAmountProps) {
  return <Amount money={unmask<ShownFragment>(of)} {...look} />
}
