import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { forgetLastSeen } from './api/lastSeen'
import { renew } from './api/renew'
import { SessionContext } from './api/services'
import { SessionStore } from './api/session'
import { App } from './app/App'
import { Shell, SignedIn } from './app/frame'
import { LoginPage } from './app/pages'
import './styles.css'
import { activateLocale, preferredLocale } from './lib/i18n'
import { forgetAll } from './lib/kept'
import { Localised } from './ui/Localised'

const session = new SessionStore(renew)

// The next person at this browser must not see what the last one did.
session.subscribe(() => {
  if (session.active()) return
  forgetLastSeen()
  forgetAll()
})

// The code of the first page is on its way while the texts are.
for (const page of session.active() ? [SignedIn, Shell] : [LoginPage]) void page.preload()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no root element')
await activateLocale(preferredLocale())

createRoot(root).render(
  <StrictMode>
    <SessionContext value={session}>
      <Localised>
        <App />
      </Localised>
    </SessionContext>
  </StrictMode>,
)
