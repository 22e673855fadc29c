import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { today } from '../../lib/dates'
import { refusal, stage, type Answers } from '../../test/answering'
import { dinner, entered, euro } from '../../test/expense'
import { contextOf, lisbon } from '../../test/group'
import { CopyExpenseDialog } from './CopyExpenseDialog'
import { EditExpenseDialog } from './EditExpenseDialog'
import { ExpenseDialog } from './ExpenseDialog'

const at = '/?dialog=show&expense=e'
const shown = (answers: Answers, group = lisbon()) =>
  stage(<ExpenseDialog {...contextOf(group)} />, { answers, at })
const saved = (field: string, version: number) => ({
  data: { [field]: { ...dinner({ version }), group: lisbon({ ledgerVersion: 8 + version }) } },
})

describe('ExpenseDialog', () => {
  it('says who changed what, the latest first', async () => {
    const [added] = dinner().history
    const history = [
      added!,
      {
        ...added!,
        version: 2,
        at: '2026-11-21T20:00:00Z',
        by: { id: 'ben' },
        action: 'CHANGED' as const,
        changed: ['TOTAL' as const, 'DATE' as const, 'PAYERS' as const],
        total: euro('110.00'),
        date: '2026-11-21',
      },
    ]
    shown({ ExpenseDetail: () => ({ data: { expense: dinner({ history }) } }) })
    const list = await screen.findByRole('region', { name: 'History' })
    expect(list).toHaveTextContent(
      /Ben changed it.*Amount: €100.00 → €110.00.*Date: Nov 20 → Nov 21.*Who paid.*You added it/,
    )
  })

  it('shows a total in another currency both ways', async () => {
    const total = { ...euro('100.00'), currency: 'USD' }
    const expense = dinner({ total, rate: '0.9227', converted: euro('92.27') })
    shown({ ExpenseDetail: () => ({ data: { expense } }) })
    expect(await screen.findByText('€92.27')).toBeInTheDocument()
    expect(screen.getByText('1 USD = 0.9227 EUR')).toBeInTheDocument()
    expect(screen.getByText('1 EUR = 1.08378 USD')).toBeInTheDocument()
  })

  it('shows what is spread over the items', async () => {
    const items = [
      {
        __typename: 'Item' as const,
        name: 'Fish',
        amount: euro('90.00'),
        members: [{ id: 'ben' }],
      },
    ]
    const lines = [{ name: 'Fish', amount: '90.00', memberIds: ['ben'] }]
    const extras = { tax: '8.00', tip: '5.00', discount: '3.00' }
    const splitInput = entered({ items: { items: lines, ...extras } })
    const expense = dinner({ splitMode: 'ITEMS', items, splitInput })
    shown({ ExpenseDetail: () => ({ data: { expense } }) })
    const rows = within(await screen.findByRole('list', { name: 'Items' })).getAllByRole('listitem')
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      'FishBen€90.00',
      'Tax€8.00',
      'Tip€5.00',
      'Discount−€3.00',
    ])
  })

  it('offers no change, and no advice, where the group does not let the viewer', async () => {
    const advice = { __typename: 'Advice' as const, category: 'groceries', duplicateOf: null }
    const expense = dinner({ editable: false, advice: { ...advice, shares: [] } })
    const group = lisbon({ expenseEditing: 'INVOLVED' })
    const { unmount } = shown({ ExpenseDetail: () => ({ data: { expense } }) }, group)
    expect(await screen.findByRole('link', { name: 'Copy' })).toBeInTheDocument()
    expect(screen.getByText(/^Whoever entered, pays or shares it/)).toBeInTheDocument()
    expect(screen.queryByRole('link', { name: 'Edit' })).not.toBeInTheDocument()
    expect(screen.queryByRole('button', { name: 'Delete' })).not.toBeInTheDocument()
    expect(screen.queryByRole('group', { name: /^Advice/ })).not.toBeInTheDocument()
    unmount()

    const deleted = { ...expense, deletedAt: '2026-11-22T09:30:00Z' }
    shown({ ExpenseDetail: () => ({ data: { expense: deleted } }) })
    expect(await screen.findByText(/This expense is deleted/)).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: 'Restore' })).not.toBeInTheDocument()
  })

  it('says that the group is archived, where nothing can be added either', async () => {
    const expense = dinner({ editable: false })
    const group = lisbon({ archivedAt: '2026-11-22T09:30:00Z' })
    const nothing = { __typename: 'Expense', id: 'e', attachments: [], comments: [] }
    const answers = {
      ExpenseDetail: () => ({ data: { expense } }),
      ExpenseAttachments: () => ({ data: { expense: nothing } }),
      ExpenseComments: () => ({ data: { expense: nothing } }),
    }
    shown(answers, group)
    expect(await screen.findByText(/^This group is archived/)).toBeInTheDocument()
    for (const name of ['Copy', 'Repeat', 'Edit'])
      expect(screen.queryByRole('link', { name })).not.toBeInTheDocument()
    expect(screen.queryByLabelText('Write a comment')).not.toBeInTheDocument()
    await waitFor(() => {
      const headings = screen.getAllByRole('heading', { level: 3 }).map((each) => each.textContent)
      expect(headings, 'none stands above nothing').toEqual(['Paid by', 'Shared by', 'History'])
    })
  })

  it('deletes at once and takes it back', async () => {
    const DeleteExpense = vi.fn(() => saved('deleteExpense', 2))
    const RestoreExpense = vi.fn(() => saved('restoreExpense', 3))
    const ExpenseDetail = () => ({ data: { expense: dinner() } })
    shown({ ExpenseDetail, DeleteExpense, RestoreExpense })
    await userEvent.click(await screen.findByRole('button', { name: 'Delete' }))
    expect(DeleteExpense).toHaveBeenCalledExactlyOnceWith({ id: 'e', expectedVersion: 1 })
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(RestoreExpense).toHaveBeenCalledExactlyOnceWith({ id: 'e', expectedVersion: 2 })
    expect(await screen.findByText('Expense restored')).toBeInTheDocument()
  })

  it('offers to restore what is deleted', async () => {
    const deleted = dinner({ deletedAt: '2026-11-21T09:00:00Z', version: 2 })
    const RestoreExpense = vi.fn(() => refusal('NOT_ALLOWED', 'Only members may.'))
    shown({ ExpenseDetail: () => ({ data: { expense: deleted } }), RestoreExpense })
    await userEvent.click(await screen.findByRole('button', { name: 'Restore' }))
    expect(await screen.findByText('Only members may.')).toBeInTheDocument()
    expect(screen.queryByRole('link', { name: 'Edit' })).not.toBeInTheDocument()
  })
})

describe('EditExpenseDialog', () => {
  const edit = (answers: Answers) => stage(<EditExpenseDialog {...contextOf()} />, { answers, at })
  const rename = async () => {
    const field = await screen.findByLabelText('What was it for?')
    await userEvent.clear(field)
    await userEvent.type(field, 'Late dinner')
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
  }

  it('sends what was changed for the version it was made for', async () => {
    const UpdateExpense = vi.fn(() => saved('updateExpense', 2))
    edit({ ExpenseDetail: () => ({ data: { expense: dinner() } }), UpdateExpense })
    await rename()
    expect(UpdateExpense).toHaveBeenCalledExactlyOnceWith({
      input: { id: 'e', expectedVersion: 1, description: 'Late dinner' },
    })
  })

  it('begins anew from what somebody else has saved', async () => {
    let present = dinner()
    const UpdateExpense = vi.fn(() => {
      present = dinner({ version: 2, description: 'Brunch' })
      return refusal('STALE_VERSION', 'It is at version 2.', 'expectedVersion')
    })
    edit({ ExpenseDetail: () => ({ data: { expense: present } }), UpdateExpense })
    await rename()
    expect(await screen.findByText(/^Somebody changed this expense/)).toBeInTheDocument()
    expect(screen.getByLabelText('What was it for?')).toHaveValue('Brunch')
  })
})

describe('CopyExpenseDialog', () => {
  it('adds the same again, today and under a key of its own', async () => {
    const CreateExpense = vi.fn(() => ({
      data: { createExpense: { __typename: 'Expense', id: 'f', group: lisbon() } },
    }))
    const ExpenseDetail = () => ({ data: { expense: dinner() } })
    stage(<CopyExpenseDialog {...contextOf()} />, {
      answers: { ExpenseDetail, CreateExpense },
      at: '/?dialog=copy&expense=e',
    })
    expect(await screen.findByLabelText('What was it for?')).toHaveValue('Dinner')
    await userEvent.click(screen.getByRole('button', { name: 'Add expense' }))
    expect(CreateExpense).toHaveBeenCalledExactlyOnceWith({
      input: {
        groupId: 'g',
        description: 'Dinner',
        total: { amount: '100.00', currency: 'EUR' },
        date: today(),
        category: 'dining',
        notes: null,
        payers: [{ memberId: 'ada', amount: '100.00' }],
        split: { equal: ['ada', 'ben'] },
        idempotencyKey: expect.stringMatching(/.{16,}/) as unknown,
      },
    })
  })

  it('says when there is nothing to copy', async () => {
    const ExpenseDetail = () => ({ data: { expense: null } })
    stage(<CopyExpenseDialog {...contextOf()} />, {
      answers: { ExpenseDetail },
      at: '/?dialog=copy&expense=e',
    })
    expect(await screen.findByText('This expense cannot be shown')).toBeInTheDocument()
  })
})
