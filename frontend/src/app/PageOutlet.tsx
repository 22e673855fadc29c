import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { CloudOff, RotateCw } from 'lucide-react'
import { Suspense } from 'react'
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary'
import { Outlet, useLocation } from 'react-router'
import { Button } from '../ui/Button'
import { Empty, SkeletonRows } from '../ui/states'
import { forgetFailures, PageNotLoaded, tryAgain } from './lazyPage'

/**
 * The place of a page or tab. What breaks inside stays inside: the frame around it goes on, and
 * another page can be chosen.
 */
export function PageOutlet({ context }: { context?: unknown }) {
  const { pathname } = useLocation()
  return (
    <ErrorBoundary
      // A tab stands below the heading of its page.
      fallbackRender={(failure) => <BrokenPage {...failure} heading={context ? 'h2' : 'h1'} />}
      onReset={forgetFailures}
      resetKeys={[pathname]}
    >
      <Suspense fallback={<SkeletonRows rows={6} label={t`Loading`} />}>
        <Outlet context={context} />
      </Suspense>
    </ErrorBoundary>
  )
}

interface BrokenPageProps extends FallbackProps {
  heading: 'h1' | 'h2'
}

function BrokenPage({ error, resetErrorBoundary, heading }: BrokenPageProps) {
  const missing = error instanceof PageNotLoaded
  return (
    <div role="alert">
      <Empty
        heading={heading}
        icon={missing ? <CloudOff size={26} /> : <RotateCw size={26} />}
        title={missing ? t`This page could not be loaded` : t`This page broke`}
        action={
          <Button onClick={() => void tryAgain(resetErrorBoundary)}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        {missing
          ? t`You may be offline, or Quits was updated while it was open: trying again brings the new version.`
          : t`Nothing that you saved is lost.`}
      </Empty>
    </div>
  )
}
