import { cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { mask } from '../../api/fragments'
import { acceptGroup, GroupLive } from '../groups'
import { refusal, stage, type Answers } from '../../test/answering'
import { contextOf, lisbon } from '../../test/group'
import { keepLastSharers } from './lastSharers'
import { NewExpenseDialog } from './NewExpenseDialog'

const created = {
  data: {
    createExpense: { __typename: 'Expense', id: 'e', group: lisbon({ ledgerVersion: 8 }) },
  },
}

function open(answers: Answers) {
  const staged = stage(<NewExpenseDialog {...contextOf()} />, { answers, at: '/?dialog=expense' })
  acceptGroup(staged.client.cache, mask(lisbon()))
  return staged
}

const submit = () => userEvent.click(screen.getByRole('button', { name: 'Add expense' }))

async function fill(amount: string) {
  await userEvent.type(screen.getByLabelText('What was it for?'), 'Dinner')
  await userEvent.type(screen.getByLabelText('Amount'), amount)
}

describe('NewExpenseDialog', () => {
  it('sends an equal split, paid by the viewer', async () => {
    const CreateExpense = vi.fn(() => created)
    const { client, router } = open({ CreateExpense })
    await fill('100')
    await submit()
    expect(CreateExpense).toHaveBeenCalledExactlyOnceWith({
      input: expect.objectContaining({
        groupId: 'g',
        description: 'Dinner',
        total: { amount: '100.00', currency: 'EUR' },
        payers: [{ memberId: 'ada', amount: '100.00' }],
        split: { equal: ['ada', 'ben'] },
      }) as unknown,
    })
    // The answer shows at once, and the dialog is gone.
    const cached = client.cache.readFragment({
      id: 'Group:g',
      fragment: GroupLive,
      fragmentName: 'GroupLive',
    })
    expect(cached?.ledgerVersion).toBe(8)
    expect(router.state.location.search).toBe('')
  })

  it.each(['Exact', 'Percent', 'Adjust', 'Items'])(
    'does not call everything assigned while nothing is there: %s',
    async (mode) => {
      open({})
      await userEvent.click(screen.getByRole('button', { name: 'Split equally' }))
      await userEvent.click(screen.getByRole('radio', { name: mode }))
      expect(screen.getByRole('radio', { name: mode })).toBeChecked()
      expect(screen.queryByText('Everything is assigned')).not.toBeInTheDocument()
    },
  )

  it('says when everything is assigned', async () => {
    open({})
    await fill('30')
    await userEvent.click(screen.getByRole('button', { name: 'Split equally' }))
    await userEvent.click(screen.getByRole('radio', { name: 'Exact' }))
    await userEvent.type(screen.getByLabelText('You: share'), '20')
    expect(screen.getByText('left to assign', { exact: false })).toHaveTextContent('€10.00')
    await userEvent.type(screen.getByLabelText('Ben: share'), '10')
    expect(screen.getByText('Everything is assigned')).toBeInTheDocument()
  })

  it('offers the reference rate of the day', async () => {
    const exchangeRate = { __typename: 'ExchangeRate', rate: '0.9090909091', day: '2026-11-20' }
    const ReferenceRate = vi.fn(() => ({ data: { exchangeRate } }))
    open({ ReferenceRate })
    await userEvent.selectOptions(screen.getByLabelText('Currency'), 'USD')
    const offer = await screen.findByRole('button', {
      name: 'Use the rate of Nov 20: 0.9090909091',
    })
    expect(ReferenceRate).toHaveBeenCalledWith(
      expect.objectContaining({ from: 'USD', to: 'EUR' }) as unknown,
    )
    await userEvent.click(offer)
    expect(screen.getByLabelText(/^Rate/)).toHaveValue('0.9090909091')
    expect(offer).not.toBeInTheDocument()
  })

  it('takes the rate of another currency along', async () => {
    const CreateExpense = vi.fn(() => created)
    open({ CreateExpense })
    await fill('100')
    expect(screen.queryByLabelText(/Rate/)).not.toBeInTheDocument()
    await userEvent.selectOptions(screen.getByLabelText('Currency'), 'USD')
    await userEvent.type(screen.getByLabelText(/Rate/), '0.9227')
    expect(screen.getByLabelText(/Rate/)).toHaveAccessibleDescription('= €92.27')
    await submit()
    const total = { amount: '100.00', currency: 'USD' }
    const input = expect.objectContaining({ total, rate: '0.9227' }) as unknown
    expect(CreateExpense).toHaveBeenCalledExactlyOnceWith({ input })
  })

  it('works out a sum, and asks back what could be two amounts', async () => {
    const CreateExpense = vi.fn(() => created)
    open({ CreateExpense })
    await fill('1.000')
    await submit()
    expect(screen.getByLabelText('Amount')).toHaveAccessibleDescription(/Thousands or decimals/)
    await userEvent.clear(screen.getByLabelText('Amount'))
    await userEvent.type(screen.getByLabelText('Amount'), '12+4.50')
    expect(screen.getByLabelText('Amount')).toHaveAccessibleDescription('= €16.50')
    await submit()
    const total = { amount: '16.50', currency: 'EUR' }
    const input = expect.objectContaining({ total }) as unknown
    expect(CreateExpense).toHaveBeenCalledExactlyOnceWith({ input })
  })

  it('tells the category that the title gives away, and leaves it to the server', async () => {
    const SuggestCategory = vi.fn(() => ({ data: { suggestCategory: 'dining' } }))
    const CreateExpense = vi.fn(() => created)
    open({ SuggestCategory, CreateExpense })
    await fill('100')
    expect(await screen.findByRole('button', { name: /Eating out/ })).toBeInTheDocument()
    expect(SuggestCategory).toHaveBeenLastCalledWith({ description: 'Dinner' })
    await submit()
    const input = expect.objectContaining({ category: null }) as unknown
    expect(CreateExpense).toHaveBeenCalledExactlyOnceWith({ input })
  })

  it('sends the same idempotency key when it is tried again', async () => {
    const keys: unknown[] = []
    open({
      CreateExpense: ({ input }) => {
        keys.push((input as { idempotencyKey: string }).idempotencyKey)
        return keys.length === 1 ? new TypeError('connection lost') : created
      },
    })
    await fill('100')
    await submit()
    expect(await screen.findByRole('alert')).toHaveTextContent('cannot be reached')
    await submit()
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
    expect(keys[0]).toMatch(/.{16,}/)
  })

  describe('when the answer was lost', () => {
    async function loseAnswer() {
      const keys: unknown[] = []
      const answers: Answers = {
        CreateExpense: ({ input }) => {
          keys.push((input as { idempotencyKey: string }).idempotencyKey)
          return keys.length === 1 ? new TypeError('connection lost') : created
        },
      }
      const { unmount } = open(answers)
      await fill('100')
      await submit()
      expect(await screen.findByRole('alert')).toHaveTextContent('cannot be reached')
      unmount()
      open(answers)
      expect(screen.getByText('You had begun this earlier.')).toBeInTheDocument()
      return { keys, answers }
    }

    it('the form that was left is sent under the same key, and the next one under another', async () => {
      const { keys, answers } = await loseAnswer()
      await submit()
      expect(keys[1]).toBe(keys[0])
      cleanup()
      open(answers)
      await fill('8')
      await submit()
      expect(keys).toHaveLength(3)
      expect(keys[2]).not.toBe(keys[0])
    })

    it('whoever starts over enters another expense', async () => {
      const { keys } = await loseAnswer()
      await userEvent.click(screen.getByRole('button', { name: 'Start over' }))
      await fill('8')
      await submit()
      expect(keys).toHaveLength(2)
      expect(keys[1]).not.toBe(keys[0])
    })

    it('whoever was told that it was saved can enter another one', async () => {
      const keys: unknown[] = []
      const answers: Answers = {
        CreateExpense: ({ input }) => {
          keys.push((input as { idempotencyKey: string }).idempotencyKey)
          return refusal('IDEMPOTENCY_KEY_REUSED', 'The key was used.')
        },
      }
      open(answers)
      await fill('100')
      await submit()
      expect(await screen.findByRole('alert')).toHaveTextContent('has been saved')
      cleanup()
      open(answers)
      await submit()
      expect(keys[1]).not.toBe(keys[0])
    })
  })

  it('says what is missing, and sends nothing', async () => {
    const CreateExpense = vi.fn(() => created)
    open({ CreateExpense })
    await submit()
    expect(screen.getByLabelText('What was it for?')).toHaveAccessibleDescription(
      'Say what it was for.',
    )
    expect(screen.getByLabelText('Amount')).toHaveAccessibleDescription('Enter an amount.')
    expect(screen.getByLabelText('What was it for?')).toHaveFocus()
    expect(CreateExpense).not.toHaveBeenCalled()
  })

  it('counts down what is left to assign', async () => {
    open({})
    await fill('20')
    await userEvent.click(screen.getByRole('button', { name: 'Split equally' }))
    await userEvent.click(screen.getByRole('radio', { name: 'Exact' }))
    await userEvent.type(screen.getByLabelText('You: share'), '12.50')
    expect(screen.getByText('€7.50')).toBeInTheDocument()
    await userEvent.type(screen.getByLabelText('Ben: share'), '8')
    expect(screen.getByText('€0.50').closest('p')).toHaveTextContent('€0.50 too much')
  })

  it('shows every share to the cent before it is saved', async () => {
    const share = (id: string, amount: string) => ({
      __typename: 'Share',
      member: { __typename: 'Member', id },
      amount: { __typename: 'Money', amount, currency: 'EUR' },
    })
    const PreviewSplit = vi.fn(() => ({
      data: { previewSplit: [share('ada', '0.02'), share('ben', '0.01')] },
    }))
    open({ PreviewSplit })
    await fill('0.03')
    expect(await screen.findByText('€0.02')).toBeInTheDocument()
    expect(screen.getByText('€0.01')).toBeInTheDocument()
  })

  it('shows a refusal at its field', async () => {
    open({
      CreateExpense: () => refusal('VALIDATION', 'That is too much.', 'input.total.amount'),
    })
    await fill('100')
    await submit()
    expect(await screen.findByText('That is too much.')).toBeInTheDocument()
    expect(screen.getByLabelText('Amount')).toHaveAccessibleDescription('That is too much.')
    await waitFor(() => {
      expect(screen.getByLabelText('Amount')).toHaveFocus()
    })
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  it('a refund told by a minus goes with its amount', async () => {
    const CreateExpense = vi.fn(() => created)
    open({ CreateExpense })
    await fill('-5')
    expect(screen.getByLabelText('Refund', { exact: false })).toBeChecked()
    await userEvent.clear(screen.getByLabelText('Amount'))
    await userEvent.type(screen.getByLabelText('Amount'), '5')
    await submit()
    const total = { amount: '5.00', currency: 'EUR' }
    const input = expect.objectContaining({ total }) as unknown
    expect(CreateExpense).toHaveBeenCalledExactlyOnceWith({ input })
  })

  it('offers to share among the same people as last time', async () => {
    const CreateExpense = vi.fn(() => created)
    keepLastSharers('ada', { ben: true })
    const [ada, ben] = lisbon().members
    const cleo = { ...ben!, id: 'cleo', name: 'Cleo' }
    stage(<NewExpenseDialog {...contextOf(lisbon({ members: [ada!, ben!, cleo] }))} />, {
      answers: { CreateExpense },
      at: '/?dialog=expense',
    })
    await fill('100')
    await userEvent.click(screen.getByRole('button', { name: 'Split equally' }))
    await userEvent.click(screen.getByRole('button', { name: 'As last time' }))
    expect(screen.getByRole('checkbox', { name: /Ben/ })).not.toBeChecked()
    await submit()
    const input = expect.objectContaining({ split: { equal: ['ada', 'cleo'] } }) as unknown
    expect(CreateExpense).toHaveBeenCalledExactlyOnceWith({ input })
  })
})
