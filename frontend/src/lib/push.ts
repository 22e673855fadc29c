/** Notifications that this browser shows while the app is closed (Web Push). */

/** What a push service needs to reach this browser, as the API takes it. */
export interface PushDevice {
  endpoint: string
  p256dh: string
  auth: string
}

/** Whether this browser can show notifications. On iOS only the installed app can. */
export function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
}

/** This browser as it is registered; undefined if it is not. */
export async function pushDevice(): Promise<PushDevice | undefined> {
  const subscription = await subscribed()
  return subscription ? described(subscription) : undefined
}

/** Asks the person for permission and registers this browser; undefined if the person refuses. */
export async function startPush(key: string): Promise<PushDevice | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return undefined
  const { pushManager } = await navigator.serviceWorker.ready
  // One that was made with another key of the installation cannot be used any more.
  await (await pushManager.getSubscription())?.unsubscribe()
  const options = { userVisibleOnly: true, applicationServerKey: key }
  return described(await pushManager.subscribe(options))
}

/** Ends the registration of this browser. */
export async function endPush(): Promise<void> {
  await (await subscribed())?.unsubscribe()
}

async function subscribed(): Promise<PushSubscription | null> {
  if (!canPush()) return null
  const worker = await navigator.serviceWorker.getRegistration()
  return (await worker?.pushManager.getSubscription()) ?? null
}

function described(subscription: PushSubscription): PushDevice {
  const { keys } = subscription.toJSON()
  return {
    endpoint: subscription.endpoint,
    p256dh: keys?.['p256dh'] ?? '',
    auth: keys?.['auth'] ?? '',
  }
}
