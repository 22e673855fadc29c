import { ApolloProvider } from '@apollo/client/react'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { LastSeen } from './api/lastSeen'
import { renewOver } from './api/renew'
import { SessionStore } from './api/session'
import { createApollo } from './api/apollo'
import { ConnectionBanner } from './app/ConnectionBanner'
import { Shell } from './app/frame'
import { createRouter } from './app/routes'
import { ServicesContext } from './api/services'
import { LiveSocket } from './api/socket'
import './styles.css'
import { activateLocale, preferredLocale } from './lib/i18n'
import { forgetAll } from './lib/kept'
import { Localised } from './ui/Localised'
import { Notices } from './ui/Notices'

const session = new SessionStore(renewOver(() => apollo))
const socket = new LiveSocket(session)
const apollo = createApollo(session, socket, () => {
  lastSeen.save()
})
const lastSeen = new LastSeen(apollo.cache, session)
// The next person at this browser must not see what the last one did.
session.subscribe(() => {
  if (session.active()) return
  lastSeen.forget()
  forgetAll()
  void apollo.clearStore()
})
window.addEventListener('online', () => {
  void apollo.refetchQueries({ include: 'active' })
})
await lastSeen.restore()

const UpdatePrompt = lazy(async () => ({
  default: (await import('./app/UpdatePrompt')).UpdatePrompt,
}))

const OutboxSender = lazy(async () => ({
  default: (await import('./features/expenses')).OutboxSender,
}))

// The frame is on its way while the texts are.
if (session.active()) void Shell.preload()

const router = createRouter()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no root element')

await activateLocale(preferredLocale())
createRoot(root).render(
  <StrictMode>
    <ServicesContext value={{ session, socket }}>
      <ApolloProvider client={apollo}>
        <Localised>
          <ConnectionBanner />
          <Suspense>
            <UpdatePrompt />
          </Suspense>
          <Notices>
            <Suspense>
              <OutboxSender />
            </Suspense>
            <RouterProvider router={router} />
          </Notices>
        </Localised>
      </ApolloProvider>
    </ServicesContext>
  </StrictMode>,
)
