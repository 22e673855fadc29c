import type { ApolloClient } from '@apollo/client'
import { createApollo } from '../api/apollo'
import { LastSeen } from '../api/lastSeen'
import type { SessionStore } from '../api/session'
import { LiveSocket } from '../api/socket'

interface Client {
  apollo: ApolloClient
  socket: LiveSocket
}

let opened: Promise<Client> | undefined

/** The client of this tab, with what was last seen in its cache. */
export function openClient(session: SessionStore): Promise<Client> {
  opened ??= open(session)
  return opened
}

async function open(session: SessionStore): Promise<Client> {
  const socket = new LiveSocket(session)
  const apollo = createApollo(session, socket, () => {
    lastSeen.save()
  })
  const lastSeen = new LastSeen(apollo.cache, session)

  // The next person at this browser must not see what the last one did.
  session.subscribe(() => {
    if (session.active()) return
    lastSeen.cancel()
    void apollo.clearStore()
  })
  window.addEventListener('online', () => {
    void apollo.refetchQueries({ include: 'active' })
  })

  await lastSeen.restore()
  return { apollo, socket }
}
