import { beforeEach, describe, expect, it } from 'vitest'
import { activateLocale } from '../../lib/i18n'
import { proposed, readPayment } from './form'

beforeEach(() => activateLocale('en-DE'))

const address = 'from=ben&to=ada&amount=33.33&currency=EUR'
const open = (search: string) => proposed(new URLSearchParams(search), 'ben', 'EUR', '2026-11-22')

describe('a proposed payment', () => {
  it('is filled in as the reader would type it', async () => {
    await activateLocale('de-DE')
    expect(open(address)).toMatchObject({ from: 'ben', to: 'ada', amount: '33,33' })
  })

  it('sends exactly what was proposed', () => {
    expect(readPayment(open(address)).body).toEqual({
      fromMemberId: 'ben',
      toMemberId: 'ada',
      amount: { amount: '33.33', currency: 'EUR' },
      method: 'CASH',
      date: '2026-11-22',
      note: null,
    })
  })

  it('ignores an amount that is none', () => {
    expect(open('amount=1.005').amount).toBe('')
  })
})

describe('readPayment', () => {
  it('names what is missing', () => {
    expect(readPayment(open('')).errors).toEqual({
      amount: 'Enter an amount.',
      to: 'Choose who received it.',
    })
  })

  it('refuses a payment to oneself', () => {
    expect(readPayment(open('from=a&to=a&amount=1.00')).errors.to).toBe(
      'Nobody can pay themselves.',
    )
  })

  it('reads what a payment in another currency settles', () => {
    const dollars = { ...open(address), amount: '36', currency: 'USD' }
    expect(readPayment(dollars).body).not.toHaveProperty('settles')
    const both = { ...dollars, settles: '33.33', settled: 'EUR' }
    expect(readPayment(both).body).toMatchObject({
      amount: { amount: '36.00', currency: 'USD' },
      settles: { amount: '33.33', currency: 'EUR' },
    })
    expect(readPayment({ ...both, settles: '' }).errors).toEqual({ settles: 'Enter an amount.' })
    expect(readPayment({ ...both, settled: 'USD' }).errors.settles).toBe(
      'This is what was paid. Choose another currency.',
    )
  })
})
