// The service worker that shows notifications (components/notices/subscribe.ts registers it). It caches nothing.

self.addEventListener('push', (event) => {
  const { title, body, url, tag } = event.data?.json() ?? {}
  // The same message sent again has the same tag, and takes the place of the first without another sound.
  event.waitUntil(self.registration.showNotification(title ?? 'Obmen', { body, tag, data: { url }, icon: '/icon.svg' }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { url } = event.notification.data ?? {}
  if (url) event.waitUntil(open(url))
})

/** A tab that shows the page already comes to the front; else a new one opens. */
async function open(url) {
  const tabs = await self.clients.matchAll({ type: 'window' })
  const shown = tabs.find((tab) => tab.url === url)
  await (shown ? shown.focus() : self.clients.openWindow(url))
}
