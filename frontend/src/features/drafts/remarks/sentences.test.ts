import { afterEach, expect, it } from 'vitest'
import { activateLocale } from '../../../lib/i18n'
import { remark } from '../../../test/draft'
import { remarkSentence } from './sentences'

afterEach(() => activateLocale('en-US'))

// Amounts have no-break spaces.
const said = (code: string, facts: Record<string, string>) =>
  remarkSentence(remark(code, facts)).replaceAll('\u00a0', ' ')

it('says what a draft leaves open, with amounts as the language writes them', async () => {
  await activateLocale('de-DE')
  expect(said('NO_AMOUNT', {})).toBe('Wie viel war es?')
  expect(said('WHICH_TOTAL', { first: '1200.50', second: '84', currency: 'EUR' })).toBe(
    'Ist die Summe 1.200,50 € oder 84,00 €?',
  )
  expect(said('WHO_IS', { written: 'Be', choices: 'Ben\nBenno' })).toBe(
    'Wer ist „Be“: Ben oder Benno?',
  )
  expect(said('PARTS_MAKE', { parts: '30.00\n10.00', total: '50.00', currency: 'EUR' })).toBe(
    '30,00 € und 10,00 € ergibt nicht 50,00 €: Wer teilt was?',
  )
  expect(said('EXTRA_COMES_TO', { extra: 'tip', amount: '4.20', currency: 'EUR' })).toBe(
    'Das Trinkgeld beträgt 4,20 €.',
  )
})

it('says a refusal by its code and field, and what an advisor said word by word', async () => {
  await activateLocale('de-DE')
  expect(said('VALIDATION', { field: 'input.date' })).toBe(
    'Nötig ist ein Datum zwischen 2000 und einem Jahr ab heute.',
  )
  expect(said('SAID', { text: '¿Quién pagó?' })).toBe('¿Quién pagó?')
})
