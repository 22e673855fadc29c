import { useLiveState } from '../../api/services'
import type { LiveState } from '../../api/socket'
import { classes } from '../../ui/classes'

const LABELS: Record<LiveState, string> = {
  idle: 'connecting',
  connecting: 'connecting',
  open: 'live',
  lost: 'reconnecting',
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
      {LABELS[state]}
    </span>
  )
}
