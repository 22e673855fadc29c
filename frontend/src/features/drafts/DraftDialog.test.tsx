import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { DraftPartsFragment } from './documents.generated'
import { stage, type Answers } from '../../test/answering'
import { pizza, remark, unread } from '../../test/draft'
import { contextOf, lisbon } from '../../test/group'
import { DraftDialog } from './DraftDialog'

const added = { data: { confirmDraft: { id: 'e', group: lisbon({ ledgerVersion: 8 }) } } }

function open(draft: DraftPartsFragment | null) {
  const ConfirmDraft = vi.fn<Answers[string]>(() => added)
  const answers = { Draft: () => ({ data: { draft } }), ConfirmDraft }
  const staged = stage(<DraftDialog {...contextOf()} />, {
    answers,
    at: '/?dialog=draft&draft=d',
  })
  return { ...staged, changes: () => ConfirmDraft.mock.lastCall?.[0].changes }
}

const save = () => userEvent.click(screen.getByRole('button', { name: 'Add expense' }))

// Their sentences are loaded when a draft first needs them.
beforeAll(() => import('./remarks/sentences'))

describe('DraftDialog', () => {
  it('begins with what was read and sends what it shows', async () => {
    const { changes, router } = open(pizza())
    const field = await screen.findByLabelText('What was it for?')
    expect(field).toHaveValue('Pizza')
    expect(screen.getByLabelText('Amount')).toHaveValue('42.00')
    await userEvent.click(screen.getByRole('button', { name: 'Paid by Ben' }))
    expect(screen.getByLabelText('Paid by')).toHaveValue('ben')
    await userEvent.type(field, ' night')
    await save()
    expect(changes()).toEqual({
      description: 'Pizza night',
      total: { amount: '42.00', currency: 'EUR' },
      date: '2026-11-22',
      category: 'dining',
      notes: '',
      payers: [{ memberId: 'ben', amount: '42.00' }],
      split: { equal: ['ada', 'ben'] },
    })
    expect(await screen.findByText('Expense added')).toBeInTheDocument()
    expect(router.state.location.search).toBe('')
  })

  it('completes what could not be read', async () => {
    const remarks = [remark('NO_AMOUNT')]
    const { changes } = open(unread({ status: 'FAILED', description: 'Pizza', remarks }))
    expect(await screen.findByRole('list', { name: 'What is missing' })).toHaveTextContent(
      'How much was it?',
    )
    await save()
    expect(screen.getByLabelText('Amount')).toHaveAccessibleDescription('Enter an amount.')
    await userEvent.type(screen.getByLabelText('Amount'), '30')
    await save()
    expect(changes()).toMatchObject({
      description: 'Pizza',
      total: { amount: '30.00', currency: 'EUR' },
      payers: [{ memberId: 'ada', amount: '30.00' }],
      split: { equal: ['ada', 'ben'] },
    })
  })

  it('leaves a split alone that only the draft knows', async () => {
    const { changes } = open(
      unread({ status: 'FAILED', description: 'Rent', splitMode: 'PERCENT' }),
    )
    expect(await screen.findByText(/Split by percent/)).toBeInTheDocument()
    await userEvent.type(screen.getByLabelText('Amount'), '900')
    await save()
    expect(changes()).not.toHaveProperty('split.equal')
  })

  it('shows the lines of a receipt that does not add up', async () => {
    const [line] = pizza().shares
    const items = [{ name: 'Salad', amount: line!.amount, members: [line!.member] }]
    open(pizza({ status: 'FAILED', splitMode: 'ITEMS', shares: [], items }))
    await userEvent.click(await screen.findByRole('button', { name: 'Split by items' }))
    expect(screen.getByLabelText('Item 1: name')).toHaveValue('Salad')
  })

  it('says so when there is no such draft', async () => {
    open(null)
    expect(await screen.findByText('This draft cannot be edited')).toBeInTheDocument()
  })
})
