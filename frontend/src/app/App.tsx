import { lazy, Suspense, useEffect } from 'react'
import { ErrorBoundary } from 'react-error-boundary'
import { BrowserRouter, useRoutes } from 'react-router'
import { useSignedIn } from '../api/services'
import { Notices } from '../ui/Notices'
import { Crash } from './Crash'
import { Shell, SignedIn } from './frame'
import { preloadWhenIdle } from './lazyPage'
import { HomePage } from './pages'
import { routes } from './routes'

const UpdatePrompt = lazy(async () => ({
  default: (await import('./UpdatePrompt')).UpdatePrompt,
}))

export function App() {
  const signedIn = useSignedIn()
  useEffect(() => {
    // Whoever logs in is about to go home.
    return signedIn ? undefined : preloadWhenIdle([SignedIn, Shell, HomePage])
  }, [signedIn])

  return (
    <>
      <Suspense>
        <UpdatePrompt />
      </Suspense>
      <Notices>
        <ErrorBoundary FallbackComponent={Crash}>
          <BrowserRouter>
            <Pages />
          </BrowserRouter>
        </ErrorBoundary>
      </Notices>
    </>
  )
}

const Pages = () => useRoutes(routes)
