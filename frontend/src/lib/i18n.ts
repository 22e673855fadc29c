import { i18n, type Messages } from '@lingui/core'

/**
 * The language of the texts and the locale of amounts and dates. How to write and translate a text: README.md.
 */

/** The languages that the app speaks, each by its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', es: 'Español' } as const
export type Language = keyof typeof LANGUAGES

const KEY = 'quits.locale'
const catalogs = import.meta.glob<{ messages: Messages }>('../locales/*/*.po')

/** Parts of the catalogs, each with what is needed beside it. */
const PARTS = {
  /** What every page needs. */
  start: [],
  /** Registration, an invitation, the way back into an account. */
  account: ['start'],
  /** Why something was refused. */
  refusals: ['start'],
  /** The page of a group. */
  group: ['start'],
  rest: ['start', 'account', 'refusals', 'group'],
} as const
export type TextPart = keyof typeof PARTS

/** The language of a locale: "de-AT" is German. Undefined if the app does not speak it. */
export function languageOf(locale: string): Language | undefined {
  const [language = ''] = locale.toLowerCase().split('-')
  return language in LANGUAGES ? (language as Language) : undefined
}

/** The locale chosen on this device, else the first of the browser's that the app speaks, else the browser's own. */
export function preferredLocale(): string {
  const chosen = localStorage.getItem(KEY)
  if (chosen) return chosen
  return navigator.languages.find((each) => languageOf(each)) ?? navigator.language
}

let current = preferredLocale()

/** The locale in which amounts and dates are written and read, such as "de-AT". */
export function currentLocale(): string {
  return current
}

const needed = new Set<TextPart>(['start'])

/** Loads a part of the texts and what it needs, in the language that is spoken. Rejects if they cannot be loaded. */
export async function loadTexts(part: TextPart): Promise<void> {
  for (const each of [...PARTS[part], part]) needed.add(each)
  await loadLanguage(languageOf(current) ?? 'en')
}

async function loadLanguage(language: Language): Promise<void> {
  const parts = [...needed].map(async (part) => {
    const load = catalogs[`../locales/${language}/${part}.po`]
    if (!load) throw new Error(`no texts for ${language}`)
    return (await load()).messages
  })
  i18n.load(language, Object.assign({}, ...(await Promise.all(parts))) as Messages)
}

/** Loads the language of a locale and shows the app in it. Rejects if the texts cannot be loaded. */
export async function activateLocale(locale: string): Promise<void> {
  const language = languageOf(locale) ?? 'en'
  await loadLanguage(language)
  current = locale
  document.documentElement.lang = language
  i18n.activate(language, locale)
}

/** Shows the app in a locale from now on, on this device. */
export async function chooseLocale(locale: string): Promise<void> {
  await activateLocale(locale)
  localStorage.setItem(KEY, locale)
}

/** Shows the app in the locale of a profile, if the app speaks it and none was chosen on this device. */
export async function adoptLocale(locale: string): Promise<void> {
  if (languageOf(locale) && !localStorage.getItem(KEY)) await chooseLocale(locale)
}

/** "a, b and c", as the language lists things. */
export function listText(parts: readonly string[]): string {
  return new Intl.ListFormat(i18n.locale, { type: 'conjunction' }).format(parts)
}
