import { describe, expect, it } from 'vitest'
import { formatMoney } from './format'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('formatMoney', () => {
  it.each([
    ['en-US', '0.07', 'USD', '$0.07'],
    ['en-US', '12345', 'JPY', '¥12,345'],
    ['de-DE', '1234.00', 'EUR', '1.234,00 €'],
    ['en-US', '1.005', 'KWD', 'KWD 1.005'],
    ['en-US', '100.00', 'HUF', 'HUF 100.00'],
    ['en-US', '90071992547409931.27', 'EUR', '€90,071,992,547,409,931.27'],
    ['en-US', '-5.00', 'EUR', '−€5.00'],
    ['en-US', '-0.00', 'EUR', '€0.00'],
  ])('%s %s %s', (locale, amount, currency, text) => {
    const printed = plain(formatMoney({ amount, currency }, { locale }))
    expect(printed).toBe(text)
  })

  it('signs both ways on request, and never zero', () => {
    const signed = (amount: string) =>
      formatMoney({ amount, currency: 'EUR' }, { locale: 'en-US', signed: true })
    expect([signed('5.00'), signed('-5.00'), signed('0.00')]).toEqual(['+€5.00', '−€5.00', '€0.00'])
  })

  it.each([
    ['en-US', '2500.00', 'EUR', '€2.5K'],
    ['en-US', '-500.00', 'EUR', '−€500'],
    ['de-DE', '20000.00', 'EUR', '20.000 €'],
    ['en-US', '1500', 'JPY', '¥1.5K'],
    ['en-US', '0.005', 'KWD', 'KWD 0.005'],
  ])('is short on request: %s %s %s', (locale, amount, currency, text) => {
    expect(plain(formatMoney({ amount, currency }, { locale, compact: true }))).toBe(text)
  })

  it('leaves the sign out on request', () => {
    expect(
      formatMoney({ amount: '-5.00', currency: 'EUR' }, { locale: 'en', unsigned: true }),
    ).toBe('€5.00')
  })
})
