import type { Page, WebSocketRoute } from '@playwright/test'

/** The live connection of a page that opens after this: it can be cut, while everything else is reached. */
export async function cuttable(
  page: Page,
): Promise<{ cut: () => Promise<void>; mend: () => void }> {
  const sockets: WebSocketRoute[] = []
  let isCut = false
  await page.routeWebSocket(/\/graphql\/ws$/, async (socket) => {
    if (isCut) return socket.close({ code: 1012 })
    socket.connectToServer()
    sockets.push(socket)
  })
  return {
    cut: async () => {
      isCut = true
      for (const socket of sockets) await socket.close({ code: 1012 })
    },
    mend: () => {
      isCut = false
    },
  }
}
