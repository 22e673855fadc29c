import { describe, expect, test, vi } from 'vitest'
import { t } from '@lingui/core/macro'
import {
  activateLocale,
  adoptLocale,
  chooseLocale,
  currentLocale,
  languageOf,
  preferredLocale,
} from './i18n'

const browserSpeaks = (...languages: string[]) => {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages)
  vi.spyOn(navigator, 'language', 'get').mockReturnValue(languages[0] ?? 'en')
}

describe('the preferred locale', () => {
  test('is the first of the browser that the app speaks', () => {
    browserSpeaks('fr-FR', 'de-AT', 'en')
    expect(preferredLocale()).toBe('de-AT')
  })

  test('is the one of the browser where the app speaks none: its amounts are still familiar', () => {
    browserSpeaks('fr-FR', 'it')
    expect(preferredLocale()).toBe('fr-FR')
    expect(languageOf('fr-FR')).toBeUndefined()
  })

  test('is the one of the profile on a new device, but not against a choice', async () => {
    browserSpeaks('en-GB')
    await adoptLocale('es-ES')
    expect(preferredLocale()).toBe('es-ES')
    await adoptLocale('de-DE')
    expect(preferredLocale()).toBe('es-ES')
  })

  test('is not one of a profile that the app does not speak', async () => {
    browserSpeaks('en-GB')
    await adoptLocale('fr-FR')
    expect(preferredLocale()).toBe('en-GB')
  })

  test('is the chosen one, whatever the browser says', async () => {
    browserSpeaks('de-DE')
    await chooseLocale('es-MX')
    expect(preferredLocale()).toBe('es-MX')
  })
})

test('a locale brings its language, its amounts and the language of the page', async () => {
  await activateLocale('de-AT')
  expect(t`Log in`).toBe('Anmelden')
  expect(currentLocale()).toBe('de-AT')
  expect(document.documentElement.lang).toBe('de')
  await activateLocale('fr-FR')
  expect(t`Log in`).toBe('Log in')
  expect(currentLocale()).toBe('fr-FR')
})
