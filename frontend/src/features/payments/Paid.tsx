import { Trans } from '@lingui/react/macro'
import type { People } from '../groups'

interface PaidProps {
  from: string
  to: string
  people: People
}

/** Who paid whom. */
export function Paid({ from, to, people }: PaidProps) {
  const payer = people.name(from)
  const receiver = people.name(to)
  if (people.isViewer(from)) {
    return (
      <Trans>
        You paid <bdi>{receiver}</bdi>
      </Trans>
    )
  }
  if (people.isViewer(to)) {
    return (
      <Trans>
        <bdi>{payer}</bdi> paid you
      </Trans>
    )
  }
  return (
    <Trans>
      <bdi>{payer}</bdi> paid <bdi>{receiver}</bdi>
    </Trans>
  )
}
