import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../test/answering'
import { dinner, euro, share } from '../../test/expense'
import { contextOf, lisbon } from '../../test/group'
import { ExpenseDialog } from './ExpenseDialog'
import { reversalOf } from './useAdvice'

type Given = NonNullable<ReturnType<typeof dinner>['advice']>

function advice(changes: Partial<Given> = {}): Given {
  return {
    __typename: 'Advice',
    category: null,
    duplicateOf: null,
    shares: [],
    ...changes,
  } as Given
}

const groceries = () => dinner({ advice: advice({ category: 'groceries' }) })

/** The dialog of an expense with advice. */
const show = (expense: ReturnType<typeof dinner>, answers: Answers = {}) =>
  stage(<ExpenseDialog {...contextOf()} />, {
    answers: { ExpenseDetail: () => ({ data: { expense } }), ...answers },
    at: '/?dialog=show&expense=e',
  })

const chip = () => screen.findByRole('group', { name: 'Advice for Dinner' })
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))
const answered = (field: string, changes: Parameters<typeof dinner>[0]) => ({
  data: { [field]: { ...dinner(changes), group: lisbon({ ledgerVersion: 8 }) } },
})

describe('Advice', () => {
  it('says what it is about, and why', async () => {
    show(groceries())
    expect(await chip()).toHaveTextContent('Groceries? The title suggests it.')
  })

  it('names the shares that the notes describe', async () => {
    show(dinner({ advice: advice({ shares: [share('ada', '88.00'), share('ben', '12.00')] }) }))
    expect(await chip()).toHaveTextContent('The notes say: you €88.00, Ben €12.00.')
  })

  it('applies to the version that was looked at, and can be taken back', async () => {
    const AcceptAdvice = vi.fn(() =>
      answered('acceptAdvice', { version: 2, category: 'groceries', advice: null }),
    )
    const UpdateExpense = vi.fn(() => answered('updateExpense', { version: 3, advice: null }))
    show(groceries(), { AcceptAdvice, UpdateExpense })
    await press('Apply')
    expect(AcceptAdvice).toHaveBeenCalledExactlyOnceWith({ expenseId: 'e', expectedVersion: 1 })
    expect(await screen.findByText(/· Groceries ·/)).toBeInTheDocument()
    expect(screen.queryByRole('group')).not.toBeInTheDocument()

    await press('Undo')
    expect(UpdateExpense).toHaveBeenCalledExactlyOnceWith({
      input: { id: 'e', expectedVersion: 2, category: 'dining' },
    })
    expect(await screen.findByText(/· Eating out ·/)).toBeInTheDocument()
  })

  it('deletes what was added twice, and brings it back', async () => {
    const duplicateOf = { id: 'f', description: 'Dinner', date: '2026-11-19' }
    const deletedAt = '2026-11-22T09:00:00Z'
    const RestoreExpense = vi.fn(() => answered('restoreExpense', { version: 3 }))
    show(dinner({ advice: advice({ duplicateOf }) }), {
      AcceptAdvice: () => answered('acceptAdvice', { version: 2, deletedAt, advice: null }),
      RestoreExpense,
    })
    expect(await chip()).toHaveTextContent('Looks like a duplicate of “Dinner” of Nov 19.')
    await press('Delete this one')
    await press('Undo')
    expect(RestoreExpense).toHaveBeenCalledExactlyOnceWith({ id: 'e', expectedVersion: 2 })
  })

  it('is gone for good when it is dismissed', async () => {
    const DismissAdvice = vi.fn(() => ({ data: { dismissAdvice: true } }))
    show(groceries(), { DismissAdvice })
    await press('Dismiss')
    await waitFor(() => {
      expect(screen.queryByRole('group')).not.toBeInTheDocument()
    })
    expect(DismissAdvice).toHaveBeenCalledExactlyOnceWith({ expenseId: 'e' })
  })

  it('says why it could not be applied', async () => {
    show(groceries(), { AcceptAdvice: () => refusal('STALE_VERSION', 'Somebody was faster.') })
    await press('Apply')
    expect(await screen.findByRole('alert')).toHaveTextContent('Somebody was faster.')
  })
})

describe('reversalOf', () => {
  const after = dinner({ version: 2 })
  const described = advice({ shares: [share('ben', '100.00')] })

  it('splits again as it was split', () => {
    const equal = dinner({ advice: described })
    expect(reversalOf(equal, after)?.split).toEqual({ equal: ['ada', 'ben'] })
    const exact = dinner({ advice: described, splitMode: 'EXACT', total: euro('100.00') })
    expect(reversalOf(exact, after)?.split).toEqual({
      exact: [
        { memberId: 'ada', amount: '50.00' },
        { memberId: 'ben', amount: '50.00' },
      ],
    })
  })

  it('does not pretend to know percentages', () => {
    expect(reversalOf(dinner({ advice: described, splitMode: 'PERCENT' }), after)).toBeUndefined()
  })
})
