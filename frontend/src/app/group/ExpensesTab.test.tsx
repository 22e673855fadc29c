import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../test/answering'
import { contextOf, lisbon } from '../../test/group'
import { ExpensesTab } from './ExpensesTab'

const money = (amount: string) => ({ __typename: 'Money', amount, currency: 'EUR' })
const share = (id: string, amount: string) => ({
  __typename: 'Share',
  member: { __typename: 'Member', id },
  amount: money(amount),
})
const expense = (id: string, description: string, date: string, payer = 'ben') => ({
  __typename: 'Expense',
  id,
  description,
  total: money('10.00'),
  date,
  category: 'dining',
  payers: [share(payer, '10.00')],
  splitMode: 'EQUAL',
  shares: [share('ada', '5.00'), share('ben', '5.00')],
  deletedAt: null,
  editable: true,
  version: 1,
  advice: null,
})

const answer = (expenses: unknown, hasNextPage = false) => ({
  __typename: 'Group',
  id: 'g',
  expenses: Array.isArray(expenses)
    ? {
        __typename: 'ExpenseConnection',
        edges: expenses.map((node: { id: string }) => ({
          __typename: 'ExpenseEdge',
          cursor: node.id,
          node,
        })),
        pageInfo: { __typename: 'PageInfo', hasNextPage, endCursor: 'end' },
        totalCount: expenses.length,
      }
    : expenses,
})

// The line for drafts arrives after the list.
beforeAll(() => import('../../features/drafts/Drafts'))

// What suspends is awaited, as React asks of its tests.
const show = (GroupExpenses: Answers[string], group = lisbon()) =>
  act(async () => {
    stage(<ExpensesTab />, { answers: { GroupExpenses }, context: contextOf(group) })
    await vi.dynamicImportSettled()
  })

describe('ExpensesTab', () => {
  it('groups expenses by month and says what they mean for the viewer', async () => {
    const list = [expense('2', 'Pizza', '2026-11-20', 'ada'), expense('1', 'Beer', '2026-10-31')]
    await show(() => ({ data: { group: answer(list) } }))
    expect(await screen.findByRole('region', { name: 'November 2026' })).toHaveTextContent('Pizza')
    expect(screen.getByRole('region', { name: 'October 2026' })).toHaveTextContent('Beer')
    expect(screen.getByRole('link', { name: /Pizza/ })).toHaveTextContent('you lent+€5.00')
    expect(screen.getByRole('link', { name: /Beer/ })).toHaveTextContent('you borrowed−€5.00')
    expect(await screen.findByLabelText('What did you spend?')).toBeInTheDocument()
  })

  it('helps with the first expense', async () => {
    await show(() => ({ data: { group: answer([]) } }))
    expect(await screen.findByText('Nothing spent yet')).toBeInTheDocument()
  })

  it('takes nothing new where the group is archived', async () => {
    const archived = lisbon({ archivedAt: '2026-11-22T09:30:00Z' })
    await show(() => ({ data: { group: answer([expense('1', 'Beer', '2026-10-31')]) } }), archived)
    expect(await screen.findByRole('link', { name: /Beer/ })).toBeInTheDocument()
    expect(screen.queryByLabelText('What did you spend?')).not.toBeInTheDocument()
  })

  it('loads further pages', async () => {
    await show(({ after }) => ({
      data: {
        group: after
          ? answer([expense('1', 'Beer', '2026-10-31')])
          : answer([expense('2', 'Pizza', '2026-11-20')], true),
      },
    }))
    await userEvent.click(await screen.findByRole('button', { name: 'Show earlier expenses' }))
    expect(await screen.findByRole('link', { name: /Beer/ })).toBeInTheDocument()
    expect(screen.getByRole('link', { name: /Pizza/ })).toBeInTheDocument()
  })

  it('says so when expenses are down, and keeps the rest', async () => {
    const { errors } = refusal('SUBREQUEST_HTTP_ERROR', 'expenses is down')
    await show(() => ({ data: { group: answer(null) }, errors: errors ?? [] }))
    expect(await screen.findByText('Expenses are not available right now.')).toBeInTheDocument()
    expect(screen.getByRole('region', { name: 'Balances', hidden: true })).toBeInTheDocument()
    expect(screen.queryByText('Nothing spent yet')).not.toBeInTheDocument()
  })
})
