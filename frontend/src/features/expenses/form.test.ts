import { describe, expect, it } from 'vitest'
import { emptyForm, readForm, refusedErrors, type ExpenseForm } from './form'

const members = ['ada', 'ben', 'cleo']
const form = (changes: Partial<ExpenseForm>): ExpenseForm => ({
  ...emptyForm('EUR', '2026-11-22', 'ada'),
  description: 'Dinner',
  amount: '100',
  ...changes,
})

describe('readForm', () => {
  it('reads an equal split paid by one', () => {
    const { body, split } = readForm(form({}), members)
    expect(split).toEqual({ equal: members })
    expect(body).toEqual({
      description: 'Dinner',
      total: { amount: '100.00', currency: 'EUR' },
      date: '2026-11-22',
      category: null,
      notes: null,
      payers: [{ memberId: 'ada', amount: '100.00' }],
    })
  })

  it('turns every amount of a refund round', () => {
    const exact = { ada: '60', ben: '40' }
    const reading = readForm(form({ refund: true, mode: 'EXACT', exact }), members)
    expect(reading.total).toBe(-10_000n)
    expect(reading.splitLeft).toBe(0n)
    expect(reading.body?.payers).toEqual([{ memberId: 'ada', amount: '-100.00' }])
    expect(reading.split).toEqual({
      exact: [
        { memberId: 'ada', amount: '-60.00' },
        { memberId: 'ben', amount: '-40.00' },
      ],
    })
  })

  it('leaves out who takes no part', () => {
    const reading = readForm(form({ without: { ben: true } }), members)
    expect(reading.split).toEqual({ equal: ['ada', 'cleo'] })
  })

  it('needs somebody to share it', () => {
    const reading = readForm(form({ without: { ada: true, ben: true, cleo: true } }), members)
    expect(reading.errors.split).toBe('Choose who shares this.')
    expect(reading.body).toBeUndefined()
  })

  it('says what is left to assign, in minor units', () => {
    const reading = readForm(
      form({ mode: 'EXACT', exact: { ada: '33.33', ben: '33.33' } }),
      members,
    )
    expect(reading.splitLeft).toBe(3334n)
    expect(reading.body).toBeUndefined()
  })

  it('says by how much it is too much', () => {
    const reading = readForm(form({ mode: 'EXACT', exact: { ada: '100', ben: '0.01' } }), members)
    expect(reading.splitLeft).toBe(-1n)
  })

  it('reads exact shares once they add up', () => {
    const exact = { ada: '33.33', ben: '33.33', cleo: '33.34' }
    expect(readForm(form({ mode: 'EXACT', exact }), members).split).toEqual({
      exact: [
        { memberId: 'ada', amount: '33.33' },
        { memberId: 'ben', amount: '33.33' },
        { memberId: 'cleo', amount: '33.34' },
      ],
    })
  })

  it('reads several payers', () => {
    const paying = (paid: Record<string, string>) =>
      readForm(form({ several: true, paid }), members)
    expect(paying({ ada: '60' }).payersLeft).toBe(4000n)
    expect(paying({ ada: '60' }).errors.payers).toBeDefined()
    expect(paying({ ada: '60', ben: '40' }).body?.payers).toEqual([
      { memberId: 'ada', amount: '60.00' },
      { memberId: 'ben', amount: '40.00' },
    ])
  })

  it.each([
    ['', 'EUR', 'Enter an amount.'],
    ['0', 'EUR', 'The amount must be more than zero.'],
    ['-5', 'EUR', 'The amount must be more than zero.'],
    ['1.0051', 'EUR', 'EUR has only 2 decimals.'],
    ['1.005', 'EUR', 'Thousands or decimals? Write it like 1000.00 or like 1.00.'],
    ['1.5', 'JPY', 'JPY has no decimals.'],
    ['ten', 'EUR', 'This is not an amount.'],
  ])('refuses %j %s', (amount, currency, sentence) => {
    expect(readForm(form({ amount, currency }), members).errors.amount).toBe(sentence)
  })

  it('takes a rate along, and works out what the total is at home', () => {
    const abroad = form({ currency: 'USD', rate: '0.9227', refund: true })
    const { body, converted } = readForm(abroad, members, 'EUR')
    expect(body).toMatchObject({ total: { amount: '-100.00', currency: 'USD' }, rate: '0.9227' })
    expect(converted).toEqual({ amount: '-92.27', currency: 'EUR' })
    // In the currency of the group there is nothing to convert.
    const { body: home } = readForm(form({ rate: '0.9227' }), members, 'EUR')
    expect(home).not.toHaveProperty('rate')
  })

  it.each([
    ['0', 'A rate is more than zero.'],
    ['0.00000000001', 'A rate has up to ten decimals.'],
    ['a lot', 'This is not a rate. Write it like 1.25.'],
    ['', undefined],
  ])('says about the rate %j: %s', (rate, sentence) => {
    expect(readForm(form({ currency: 'USD', rate }), members, 'EUR').errors.rate).toBe(sentence)
  })

  it('needs a description and a day', () => {
    const { errors } = readForm(form({ description: ' ', date: '' }), members)
    expect(Object.keys(errors)).toEqual(['description', 'date'])
  })
})

describe('refusedErrors', () => {
  it.each([
    ['total.amount', 'amount'],
    ['description', 'description'],
    ['split', 'split'],
    ['payers', 'payers'],
  ])('shows a refusal of %s at %s', (field, shown) => {
    expect(refusedErrors({ code: 'VALIDATION', message: 'No.', field })).toEqual({ [shown]: 'No.' })
  })

  it('leaves the rest to the form as a whole', () => {
    expect(refusedErrors({ code: 'NOT_ALLOWED', message: 'No.' })).toEqual({})
  })
})
