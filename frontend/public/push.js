// Part of the service worker: shows notifications that come while the app is closed, and opens their page.

self.addEventListener('push', (event) => {
  const message = event.data?.json()
  if (!message) return
  const { title, body, page, tag } = message
  const options = { body, tag, icon: '/icons/192.png', data: { page } }
  event.waitUntil(self.registration.showNotification(title, options))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(new URL(event.notification.data?.page ?? '/', self.location.origin)))
})

// An open window of the app is used again.
async function show(url) {
  if (url.origin !== self.location.origin) return
  const windows = await self.clients.matchAll({ type: 'window' })
  const open = windows[0]
  if (!open) {
    await self.clients.openWindow(url)
    return
  }
  await open.focus()
  await open.navigate(url)
}
