import { Trans } from '@lingui/react/macro'
import type { ComponentProps } from 'react'
import { Button } from '../ui/Button'
import { useOnline } from './connection'

/** The button that sends a form. Without a network it says so, and keeps what was entered from a failure. */
export function SendButton({ children, disabled, ...rest }: ComponentProps<typeof Button>) {
  const online = useOnline()
  return (
    <Button type="submit" {...rest} disabled={disabled || !online}>
      {online ? children : <Trans>You are offline</Trans>}
    </Button>
  )
}
