import { ApolloProvider } from '@apollo/client/react'
import { Suspense, use } from 'react'
import { ErrorBoundary } from 'react-error-boundary'
import { Outlet } from 'react-router'
import { SocketContext, useSession } from '../api/services'
import { openClient } from './client'
import { ConnectionBanner } from './ConnectionBanner'
import { lazyPage } from './lazyPage'

const OutboxSender = lazyPage(
  async () => (await import('../features/expenses/OutboxSender')).OutboxSender,
  'group',
)

/** What is around every page of somebody who is signed in. */
export function SignedIn() {
  const { apollo, socket } = use(openClient(useSession()))
  return (
    <SocketContext value={socket}>
      <ApolloProvider client={apollo}>
        <ConnectionBanner />
        <ErrorBoundary fallback={null}>
          <Suspense>
            <OutboxSender />
          </Suspense>
        </ErrorBoundary>
        <Outlet />
      </ApolloProvider>
    </SocketContext>
  )
}
