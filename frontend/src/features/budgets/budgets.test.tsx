import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage } from '../../test/answering'
import { GroupBudgets, OwnBudgets } from './Budgets'

const euro = (amount: string) => ({ __typename: 'Money', amount, currency: 'EUR' }) as const
const dining = {
  __typename: 'Budget',
  id: 'group/g/EUR/dining',
  category: 'dining',
  limit: euro('100.00'),
  month: '2026-11',
  spent: euro('82.00'),
  level: 'NEAR',
} as const

const inGroup = (...budgets: (typeof dining)[]) => ({
  data: { group: { __typename: 'Group', id: 'g', budgets } },
})

describe('GroupBudgets', () => {
  const show = (answers: Parameters<typeof stage>[1]) =>
    stage(<GroupBudgets groupId="g" currency="EUR" version={1} />, answers)

  it('shows how much of each budget is spent', async () => {
    show({ answers: { GroupBudgets: () => inGroup(dining) } })
    expect(await screen.findByText('Eating out')).toBeInTheDocument()
    expect(screen.getByText('nearly spent')).toBeInTheDocument()
    expect(screen.getByText('€82.00')).toBeInTheDocument()
    expect(screen.getByText('November 2026')).toBeInTheDocument()
  })

  it('sets one for a category and looks again', async () => {
    const GroupBudgets = vi.fn(() => inGroup())
    const SetBudget = vi.fn(() => ({ data: { setBudget: dining } }))
    show({ answers: { GroupBudgets, SetBudget } })
    await userEvent.click(await screen.findByRole('button', { name: 'Set a budget' }))
    await userEvent.click(screen.getByRole('button', { name: 'Save budget' }))
    expect(await screen.findByText('Enter an amount.')).toBeInTheDocument()
    expect(SetBudget).not.toHaveBeenCalled()

    GroupBudgets.mockReturnValue(inGroup(dining))
    await userEvent.selectOptions(screen.getByLabelText('For'), 'dining')
    await userEvent.type(screen.getByLabelText('Limit per month'), '100')
    await userEvent.click(screen.getByRole('button', { name: 'Save budget' }))
    expect(await screen.findByText('nearly spent')).toBeInTheDocument()
    const input = { groupId: 'g', category: 'dining', limit: { amount: '100.00', currency: 'EUR' } }
    expect(SetBudget).toHaveBeenCalledExactlyOnceWith({ input })
  })

  it('shows a refusal at the limit', async () => {
    show({
      answers: {
        GroupBudgets: () => inGroup(),
        SetBudget: () => refusal('VALIDATION', 'A budget is more than zero.', 'input.limit'),
      },
    })
    await userEvent.click(await screen.findByRole('button', { name: 'Set a budget' }))
    await userEvent.type(screen.getByLabelText('Limit per month'), '0')
    await userEvent.click(screen.getByRole('button', { name: 'Save budget' }))
    expect(await screen.findByText('A budget is more than zero.')).toBeInTheDocument()
  })

  it('removes one', async () => {
    const GroupBudgets = vi.fn(() => inGroup(dining))
    const RemoveBudget = vi.fn(() => ({ data: { removeBudget: true } }))
    show({ answers: { GroupBudgets, RemoveBudget } })
    const remove = await screen.findByRole('button', { name: 'Remove the budget: Eating out' })
    GroupBudgets.mockReturnValue(inGroup())
    await userEvent.click(remove)
    expect(await screen.findByText(/you hear when 80%/)).toBeInTheDocument()
    expect(RemoveBudget).toHaveBeenCalledExactlyOnceWith({ id: 'group/g/EUR/dining' })
  })
})

describe('OwnBudgets', () => {
  it('sets one for all spending of the viewer', async () => {
    const own = { data: { me: { __typename: 'User', id: 'ada', budgets: [] } } }
    const SetBudget = vi.fn(() => ({ data: { setBudget: { ...dining, category: null } } }))
    stage(<OwnBudgets currency="EUR" />, { answers: { OwnBudgets: () => own, SetBudget } })
    await userEvent.click(await screen.findByRole('button', { name: 'Set a budget' }))
    await userEvent.type(screen.getByLabelText('Limit per month'), '1200')
    await userEvent.click(screen.getByRole('button', { name: 'Save budget' }))
    const input = { groupId: null, category: null, limit: { amount: '1200.00', currency: 'EUR' } }
    await vi.waitFor(() => {
      expect(SetBudget).toHaveBeenCalledExactlyOnceWith({ input })
    })
  })
})
