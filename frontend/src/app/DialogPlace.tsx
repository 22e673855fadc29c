import { Trans } from '@lingui/react/macro'
import { Suspense, type ReactNode } from 'react'
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary'
import { Button } from '../ui/Button'
import { useDialog } from '../ui/useDialog'
import { forgetFailures, tryAgain } from './lazyPage'

/** The place of a dialog whose code may be on its way. Whatever breaks in it leaves the page as it is. */
export function DialogPlace({ children }: { children: ReactNode }) {
  const { name } = useDialog()
  return (
    <ErrorBoundary FallbackComponent={MissingDialog} onReset={forgetFailures} resetKeys={[name]}>
      <Suspense>{children}</Suspense>
    </ErrorBoundary>
  )
}

function MissingDialog({ resetErrorBoundary }: FallbackProps) {
  const { close } = useDialog()
  return (
    <div
      role="alert"
      className="notices card fixed inset-x-4 z-50 mx-auto flex max-w-md flex-wrap items-center justify-end gap-2 p-3 pl-4 shadow-float"
    >
      <p className="grow font-semibold">
        <Trans>This could not be loaded. You may be offline.</Trans>
      </p>
      <Button look="quiet" size="small" onClick={close}>
        <Trans>Close</Trans>
      </Button>
      <Button look="tonal" size="small" onClick={() => void tryAgain(resetErrorBoundary)}>
        <Trans>Try again</Trans>
      </Button>
    </div>
  )
}
