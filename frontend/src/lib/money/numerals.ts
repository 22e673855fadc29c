/** How numbers and currencies are written: the digits, separators, symbols and words of locales. */

export interface Separators {
  decimal: string
  group: string
}

const separators = new Map<string, Separators>()

/** The separators of amounts in a currency, or of plain numbers: some locales have others for money. */
export function separatorsOf(locale: string, currency?: string): Separators {
  const key = `${locale} ${currency ?? ''}`
  const known = separators.get(key)
  if (known) return known
  const style = currency ? { style: 'currency' as const, currency } : {}
  // Seven digits: some locales leave four together.
  const parts = new Intl.NumberFormat(locale, {
    ...style,
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).formatToParts(1234567.8)
  const find = (type: string) => parts.find((part) => part.type === type)?.value
  const found = { decimal: find('decimal') ?? '.', group: find('group') ?? ',' }
  separators.set(key, found)
  return found
}

const DIGIT = /\p{Nd}/u

/** The digits of every script as 0 to 9. */
export function latinDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (digit) => digitValue(digit).toString())
}

/** Unicode keeps the ten digits of a script together, in order; a script may follow another at once. */
function digitValue(digit: string): number {
  const point = digit.codePointAt(0) ?? 0
  let first = point
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1
  return (point - first) % 10
}

/** Full-width signs as the common ones, and nothing that only directs or hides text. */
export function plainSigns(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/gu, (sign) =>
      String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0),
    )
    .replaceAll('\uffe5', '¥')
    .replace(/[\p{Cf}\u200b]/gu, '')
    .replace(/\s+/gu, ' ')
    .toUpperCase()
}

/** What people write and no locale knows. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  CHF: ['Fr.', 'SFr.'],
  INR: ['Rs.'],
  LKR: ['Rs.'],
  NPR: ['Rs.'],
  PKR: ['Rs.'],
  DKK: ['kr.'],
  NOK: ['kr.'],
  SEK: ['kr.'],
}

const names = new Map<string, readonly string[]>()

/**
 * Everything that an amount in this currency may have beside it, in the form of `plainSigns`, the
 * longest first: its code, its symbols, its name, and the words of its name.
 */
export function namesOf(currency: string, locale: string): readonly string[] {
  const key = `${locale} ${currency}`
  const known = names.get(key)
  if (known) return known
  const written = new Set([currency, ...(USUAL[currency] ?? [])].map(plainSigns))
  for (const language of [locale, 'en']) {
    for (const currencyDisplay of ['symbol', 'narrowSymbol', 'name'] as const) {
      for (const name of displayed(currency, language, currencyDisplay)) {
        written.add(name)
        // "Dollars" alone is clear beside a field in US dollars.
        for (const word of name.match(/\p{L}{3,}/gu) ?? []) written.add(word)
      }
    }
  }
  written.delete('')
  const found = [...written].sort((a, b) => b.length - a.length)
  names.set(key, found)
  return found
}

/** Amounts of one, few and many have different words in many languages. */
const PLURALS = [0, 1, 2, 5, 100]

function displayed(
  currency: string,
  locale: string,
  currencyDisplay: 'symbol' | 'narrowSymbol' | 'name',
): string[] {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay,
    maximumFractionDigits: 0,
  })
  const counts = currencyDisplay === 'name' ? PLURALS : [0]
  return counts.map((count) => {
    const parts = format.formatToParts(count)
    return plainSigns(parts.find(({ type }) => type === 'currency')?.value ?? '').trim()
  })
}
