import { Trans } from '@lingui/react/macro'
import { Suspense, type ReactNode } from 'react'
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary'
import { Button } from '../ui/Button'
import { forgetFailures, tryAgain } from './lazyPage'

interface LazyPartProps {
  /** What is shown while the code is on its way. */
  waiting: ReactNode
  children: ReactNode
}

/** The place of a part of a page whose code arrives after the page. Whatever breaks in it leaves the rest as it is. */
export function LazyPart({ waiting, children }: LazyPartProps) {
  return (
    <ErrorBoundary FallbackComponent={MissingPart} onReset={forgetFailures}>
      <Suspense fallback={waiting}>{children}</Suspense>
    </ErrorBoundary>
  )
}

function MissingPart({ resetErrorBoundary }: FallbackProps) {
  return (
    <div role="alert" className="card flex flex-wrap items-center justify-end gap-2 p-3 pl-4">
      <p className="grow font-semibold">
        <Trans>This could not be loaded. You may be offline.</Trans>
      </p>
      <Button look="tonal" size="small" onClick={() => void tryAgain(resetErrorBoundary)}>
        <Trans>Try again</Trans>
      </Button>
    </div>
  )
}
