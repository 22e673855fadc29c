import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach } from 'vitest'
import { activateLocale, loadTexts } from '../lib/i18n'

beforeEach(async () => {
  await loadTexts('rest')
  await activateLocale('en-US')
})

afterEach(() => {
  cleanup()
  localStorage.clear()
  sessionStorage.clear()
})

// jsdom has no modal dialogs; opening and closing is all that the app needs of them.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
HTMLDialogElement.prototype.close = function close() {
  this.open = false
}
// Nor does it lay anything out, so there is nowhere to scroll to.
Element.prototype.scrollIntoView = () => undefined
// And nothing changes its size.
window.ResizeObserver = class {
  observe = () => undefined
  unobserve = () => undefined
  disconnect = () => undefined
}
// Nothing is laid out, so no width is known: as on a phone.
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), { media, matches: false }) as unknown as MediaQueryList
