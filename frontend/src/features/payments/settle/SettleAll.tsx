import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Handshake } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../ui/Button'
import { useNotify } from '../../../ui/Notices'
import { SettleDialog } from './SettleDialog'

/** What is to be paid between the viewer and somebody in one group. */
export interface OpenTransfer {
  groupId: string
  /** What the viewer calls the group. */
  title: string
  toViewer: boolean
  amount: { amount: string; currency: string }
}

interface SettleAllProps {
  userId: string
  name: string
  transfers: readonly OpenTransfer[]
}

/** Settles everything between the viewer and another person, where that is more than one payment. */
export function SettleAll({ userId, name, transfers }: SettleAllProps) {
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const close = () => {
    setAsking(false)
  }
  // The dialog stays until it has told what it did, although nothing is open any more then.
  if (transfers.length < 2 && !asking) return null
  return (
    <>
      <Button
        className="justify-self-start"
        icon={<Handshake size={18} aria-hidden="true" />}
        onClick={() => {
          setAsking(true)
        }}
      >
        <Trans>Settle all between us</Trans>
      </Button>
      {asking && (
        <SettleDialog
          {...{ userId, name, transfers }}
          onClose={close}
          onSettled={(count) => {
            notify(
              count === 0
                ? t`There was nothing to settle any more`
                : plural(count, { one: 'One payment recorded', other: '# payments recorded' }),
            )
            close()
          }}
        />
      )}
    </>
  )
}
