import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { useLiveState } from '../../api/services'
import type { LiveState } from '../../api/socket'
import { classes } from '../../ui/classes'

const LABELS: Record<LiveState, MessageDescriptor> = {
  idle: msg`connecting`,
  connecting: msg`connecting`,
  open: msg`live`,
  lost: msg`reconnecting`,
}

/** Whether changes of others arrive by themselves at the moment. */
export function LiveBadge() {
  const state = useLiveState()
  return (
    <span className="ml-1 inline-flex items-center gap-1.5 text-xs text-faint">
      <span
        aria-hidden="true"
        className={classes(
          'size-1.5 rounded-full',
          state === 'open' ? 'bg-plus' : 'animate-breathe bg-minus',
        )}
      />
      {t(LABELS[state])}
    </span>
  )
}
