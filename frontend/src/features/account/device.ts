import { newKey } from '../../lib/key'

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg/, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/i, 'Linux'],
]

const KEY = 'quits.device'

/** What registration and login say about this browser. Its key is made once and kept when the person logs out. */
export function thisDevice() {
  const deviceKey = localStorage.getItem(KEY) ?? newKey()
  localStorage.setItem(KEY, deviceKey)
  return { device: deviceName(), deviceKey }
}

/** "Firefox on Linux": how a browser is called in the list of devices. Undefined for one that is not known. */
export function deviceName(userAgent = navigator.userAgent): string | undefined {
  const find = (names: typeof BROWSERS) => names.find(([mark]) => mark.test(userAgent))?.[1]
  const browser = find(BROWSERS)
  const system = find(SYSTEMS)
  return browser && system ? `${browser} on ${system}` : browser
}
