/** Why this browser cannot be switched on; messages `notices.pushProblem.<problem>`. */
export type PushProblem = 'unsupported' | 'denied' | 'failed' | 'refused'

export interface BrowserSubscription {
  endpoint: string
  p256dh: string
  auth: string
  label: string
}

/** The endpoint this browser is subscribed under; null when it is not, undefined when it never could be. */
export async function currentEndpoint(): Promise<string | null | undefined> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return undefined
  const registration = await navigator.serviceWorker.getRegistration('/')
  return (await registration?.pushManager.getSubscription())?.endpoint ?? null
}

/** Asks the person, registers the service worker and subscribes; to be called by a press of a button. */
export async function subscribe(publicKey: string): Promise<BrowserSubscription | PushProblem> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unsupported'
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  try {
    await navigator.serviceWorker.register('/push-worker.js')
    const { pushManager } = await navigator.serviceWorker.ready
    // One made for other keys, before this installation got its own, would never hear anything.
    await (await pushManager.getSubscription())?.unsubscribe()
    const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
    const { endpoint, keys } = subscription.toJSON()
    if (!endpoint || !keys?.p256dh || !keys.auth) return 'failed'
    return { endpoint, p256dh: keys.p256dh, auth: keys.auth, label: browserName(navigator.userAgent) }
  } catch {
    return 'failed'
  }
}

/** Ends the subscription on the side of the browser. */
export async function unsubscribe(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration('/')
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
}

const BROWSERS = [
  [/YaBrowser\//, 'Яндекс Браузер'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const
const SYSTEMS = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const

/** «Chrome, Windows», so that a person tells their browsers apart. */
export function browserName(userAgent: string): string {
  const nameOf = (names: readonly (readonly [RegExp, string])[]) => names.find(([mark]) => mark.test(userAgent))?.[1]
  return [nameOf(BROWSERS) ?? 'Browser', nameOf(SYSTEMS)].filter(Boolean).join(', ')
}
