import { describe, expect, it } from 'vitest'
import { People } from '../groups'
import { dinner, euro, share } from '../../test/expense'
import { lisbon } from '../../test/group'
import { changesOf, formOf, membersOf, type Detail } from './edit'
import { readForm, type ExpenseForm } from './form'

const members = ['ada', 'ben', 'cleo']

function changes(expense: Detail, edit: Partial<ExpenseForm>) {
  const form = formOf(expense, members)
  return changesOf(readForm(form, members), readForm({ ...form, ...edit }, members))
}

describe('formOf', () => {
  it('is filled as it was typed', () => {
    const form = formOf(dinner(), members)
    expect(form).toMatchObject({ amount: '100.00', payer: 'ada', several: false, mode: 'EQUAL' })
    expect(form.without).toEqual({ cleo: true })
  })

  it('tells a refund by its box', () => {
    const refund = dinner({
      total: euro('-100.00'),
      payers: [share('ada', '-60.00'), share('ben', '-40.00')],
    })
    expect(formOf(refund, members)).toMatchObject({
      refund: true,
      amount: '100.00',
      several: true,
      paid: { ada: '60.00', ben: '40.00' },
    })
  })

  it('keeps a split whose numbers are not known, and has its amounts ready', () => {
    const form = formOf(dinner({ splitMode: 'PERCENT' }), members)
    expect(form).toMatchObject({ kept: 'PERCENT', mode: 'EXACT', exact: { ada: '50.00' } })
  })

  it('adds up again when a receipt is changed', () => {
    const items: Detail['items'] = [
      { name: 'Fish', amount: euro('90.00'), members: [{ id: 'ben' }] },
    ]
    const form = formOf(dinner({ splitMode: 'ITEMS', items }), members)
    expect(form).toMatchObject({ kept: 'ITEMS', mode: 'ITEMS', tax: '10.00', discount: '' })
    expect(readForm({ ...form, kept: null }, members).splitLeft).toBe(0n)
  })
})

describe('changesOf', () => {
  it('is empty when nothing was changed', () => {
    expect(changes(dinner(), {})).toEqual({})
    expect(changes(dinner({ splitMode: 'WEIGHTS' }), {})).toEqual({})
  })

  it('sends only what is different', () => {
    expect(changes(dinner(), { description: 'Late dinner' })).toEqual({
      description: 'Late dinner',
    })
    expect(changes(dinner({ notes: 'late' }), { notes: '' })).toEqual({ notes: '' })
  })

  it('leaves the rule of the split alone when only the total changes', () => {
    expect(changes(dinner({ splitMode: 'PERCENT' }), { amount: '80' })).toEqual({
      total: { amount: '80.00', currency: 'EUR' },
      payers: [{ memberId: 'ada', amount: '80.00' }],
    })
  })
})

it('offers those who left only where they are in it already', () => {
  const gone = lisbon().members.map((each) => ({ ...each, state: 'LEFT' as const }))
  const people = new People(lisbon({ members: gone }))
  const found = membersOf(dinner({ shares: [share('ada', '100.00')] }), people)
  expect(found.map(({ id }) => id)).toEqual(['ada'])
})
