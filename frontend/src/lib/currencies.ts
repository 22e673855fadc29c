import { IN_USE } from './currencies.generated'
import { currentLocale } from './i18n'

const COMMON = 'EUR USD GBP CHF JPY CAD AUD SEK NOK DKK PLN CZK INR BRL MXN'.split(' ')

/** The currencies that people spend, the most common ones first. */
export const CURRENCIES: readonly string[] = [
  ...COMMON,
  ...IN_USE.filter((code) => !COMMON.includes(code)),
]

/** "EUR, Euro" in the reader's language. */
export function currencyLabel(code: string): string {
  const names = new Intl.DisplayNames([currentLocale(), 'en'], { type: 'currency' })
  return `${code}, ${names.of(code) ?? code}`
}
