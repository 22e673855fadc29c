import { describe, expect, it } from 'vitest'
import { People } from '../groups'
import type { SplitMode } from '../../api/schema.generated'
import { dinner, entered, euro, share } from '../../test/expense'
import { lisbon } from '../../test/group'
import type { EnteredSplitFragment } from './documents.generated'
import { changesOf, copyOf, formOf, membersOf, type Detail } from './edit'
import { readForm, type ExpenseForm } from './form'

const members = ['ada', 'ben', 'cleo']

function changes(expense: Detail, edit: Partial<ExpenseForm>) {
  const form = formOf(expense, members)
  return changesOf(readForm(form, members), readForm({ ...form, ...edit }, members))
}

describe('the rate of an edited expense', () => {
  const dollars = (amount: string) => ({ ...euro(amount), currency: 'USD' })
  const expense = dinner({ total: dollars('100.00'), rate: '0.9227', converted: euro('92.27') })
  const edited = (edit: Partial<ExpenseForm>) => {
    const form = formOf(expense, members)
    const read = (changed: ExpenseForm) => readForm(changed, members, 'EUR')
    return changesOf(read(form), read({ ...form, ...edit }))
  }

  it('is sent when it is changed or taken away', () => {
    expect(edited({ rate: '0.93' })).toEqual({ rate: '0.93' })
    expect(edited({ rate: '' })).toEqual({ rate: null })
    expect(edited({ notes: 'By card' })).toEqual({ notes: 'By card' })
  })

  it('goes along with another total', () => {
    expect(edited({ currency: 'CHF' })).toMatchObject({
      total: { amount: '100.00', currency: 'CHF' },
      rate: '0.9227',
    })
  })
})

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

  it('has percentages, weights and adjustments as they were entered', () => {
    const percent = [
      { memberId: 'ada', percent: '62.50' },
      { memberId: 'ben', percent: '37.50' },
    ]
    const weights = [{ memberId: 'ben', weight: '2.00' }]
    const adjustments = [
      { memberId: 'ada', amount: '0.00' },
      { memberId: 'ben', amount: '-5.00' },
    ]
    const form = (mode: SplitMode, split: Partial<EnteredSplitFragment>) =>
      formOf(dinner({ splitMode: mode, splitInput: entered(split) }), members)
    expect(form('PERCENT', { percent })).toMatchObject({
      kept: null,
      mode: 'PERCENT',
      percent: { ada: '62.5', ben: '37.5' },
    })
    expect(form('WEIGHTS', { weights }).weights).toEqual({
      ada: '',
      ben: '2',
      cleo: '',
    })
    const adjusted = form('ADJUSTMENTS', { adjustments })
    expect(adjusted).toMatchObject({ adjustments: { ben: '-5.00' }, without: { cleo: true } })
    expect(adjusted.adjustments).not.toHaveProperty('ada')
  })

  it('has a receipt with its tax, tip and discount', () => {
    const fish = { name: 'Fish', amount: '90.00', memberIds: ['ben'] }
    const items = { items: [fish], tax: '12.00', tip: '0.00', discount: '2.00' }
    const expense = dinner({ splitMode: 'ITEMS', splitInput: entered({ items }) })
    const form = formOf(expense, members)
    expect(form).toMatchObject({ kept: null, tax: '12.00', tip: '', discount: '2.00' })
    expect(form.items).toMatchObject([{ name: 'Fish', amount: '90.00', without: { ada: true } }])
    expect(readForm(form, members).splitLeft).toBe(0n)
  })

  it('keeps a split whose numbers are not told, and has its amounts ready', () => {
    const form = formOf({ ...dinner({ splitMode: 'PERCENT' }), splitInput: undefined }, members)
    expect(form).toMatchObject({ kept: 'PERCENT', mode: 'EXACT', exact: { ada: '50.00' } })
  })
})

describe('changesOf', () => {
  it('is empty when nothing was changed', () => {
    expect(changes(dinner(), {})).toEqual({})
    const weights = [{ memberId: 'ada', weight: '1.00' }]
    const byWeight = dinner({ splitMode: 'WEIGHTS', splitInput: entered({ weights }) })
    expect(changes(byWeight, {})).toEqual({})
  })

  it('sends only what is different', () => {
    expect(changes(dinner(), { description: 'Late dinner' })).toEqual({
      description: 'Late dinner',
    })
    expect(changes(dinner({ notes: 'late' }), { notes: '' })).toEqual({ notes: '' })
  })

  it('leaves the rule of the split alone when only the total changes', () => {
    const percent = ['ada', 'ben'].map((memberId) => ({ memberId, percent: '50.00' }))
    const dinnerByPercent = dinner({ splitMode: 'PERCENT', splitInput: entered({ percent }) })
    expect(changes(dinnerByPercent, { amount: '80' })).toEqual({
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

describe('copyOf', () => {
  const people = new People(lisbon())

  it('has everything of the expense but its day', () => {
    const percent = [
      { memberId: 'ada', percent: '62.50' },
      { memberId: 'ben', percent: '37.50' },
    ]
    const parts: Partial<Detail> = { splitMode: 'PERCENT', splitInput: entered({ percent }) }
    const expense = dinner({ notes: 'By the sea', ...parts })
    const copy = copyOf(expense, people, '2026-12-01')
    const ids = ['ada', 'ben']
    const { body, split } = readForm(formOf(expense, ids), ids)
    expect(readForm(copy, ids)).toMatchObject({ body: { ...body, date: '2026-12-01' }, split })
    expect(copy).toMatchObject({ notes: 'By the sea', category: 'dining', payer: 'ada' })
  })

  it('leaves out who has left', () => {
    const gone = dinner({
      payers: [share('zoe', '100.00')],
      splitInput: entered({ equal: ['ada', 'zoe'] }),
    })
    const { body, split } = readForm(copyOf(gone, people, '2026-12-01'), ['ada', 'ben'])
    expect(body?.payers).toEqual([{ memberId: 'ada', amount: '100.00' }])
    expect(split).toEqual({ equal: ['ada'] })
  })
})
