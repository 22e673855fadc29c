import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { stage } from '../../test/answering'
import { contextOf, lisbon } from '../../test/group'
import { beSignedIn } from '../../test/session'
import { taxi } from '../../test/waiting'
import { NewExpenseDialog } from './NewExpenseDialog'
import { outbox } from './outbox'
import { OutboxSender } from './OutboxSender'
import { WaitingList } from './WaitingList'

const { idempotencyKey } = taxi().input
const created = () => ({
  data: { createExpense: { __typename: 'Expense', id: 'e', group: lisbon() } },
})
const at = `/?dialog=expense&waiting=${encodeURIComponent(idempotencyKey)}`

it('says of each that it is not in the balances yet, or why it was refused', () => {
  beSignedIn('ada')
  outbox.put(taxi())
  const input = { ...taxi().input, idempotencyKey: 'another', description: 'Boat' }
  outbox.put(taxi({ input, refusal: { code: 'NOT_ALLOWED', message: 'The group is archived.' } }))
  stage(<WaitingList groupId="g" />)
  const [waiting, refused] = within(
    screen.getByRole('region', { name: 'Waiting to be sent' }),
  ).getAllByRole('link')
  expect(waiting).toHaveTextContent('TaxiOn this device only, not in the balances yet€20.00')
  expect(refused).toHaveTextContent('BoatThe group is archived.€20.00')
  expect(refused).toHaveAttribute('href', '/?dialog=expense&waiting=another')
})

it('one that was sent while its form is open is not saved a second time', async () => {
  beSignedIn('ada')
  outbox.put(taxi())
  const CreateExpense = vi.fn(created)
  stage(<NewExpenseDialog {...contextOf()} />, { answers: { CreateExpense }, at })
  const amount = screen.getByLabelText('Amount')
  expect(amount).toHaveValue('20')
  act(() => {
    outbox.remove(idempotencyKey)
  })
  await userEvent.clear(amount)
  await userEvent.type(amount, '24')
  await userEvent.click(screen.getByRole('button', { name: 'Add expense' }))
  expect(CreateExpense).toHaveBeenCalledExactlyOnceWith({
    input: expect.objectContaining({
      idempotencyKey,
      total: { amount: '24.00', currency: 'EUR' },
    }) as unknown,
  })
})

it('one that is being changed is sent once its form is closed', async () => {
  beSignedIn('ada')
  outbox.put(taxi())
  const CreateExpense = vi.fn(created)
  const { router } = stage(<OutboxSender />, { answers: { CreateExpense }, at })
  await act(() => new Promise((resolve) => setTimeout(resolve)))
  expect(CreateExpense).not.toHaveBeenCalled()
  await act(() => router.navigate('/'))
  expect(await screen.findByText('1 expense sent')).toBeInTheDocument()
  expect(CreateExpense).toHaveBeenCalledOnce()
})
