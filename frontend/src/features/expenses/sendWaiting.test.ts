import { describe, expect, it, vi } from 'vitest'
import { answering, refusal, type Answers } from '../../test/answering'
import { lisbon } from '../../test/group'
import { taxi } from '../../test/waiting'
import { Outbox } from './outbox'
import { sendWaiting } from './sendWaiting'

const created = () => ({
  data: { createExpense: { __typename: 'Expense', id: 'e', group: lisbon() } },
})
const send = (outbox: Outbox, CreateExpense: Answers[string], isEdited?: () => boolean) =>
  sendWaiting(answering({ CreateExpense }), outbox, 'ada', isEdited)
const dearer = () => {
  const { input, ...waiting } = taxi()
  return { ...waiting, input: { ...input, total: { amount: '24.00', currency: 'EUR' } } }
}

function holding(...waiting: ReturnType<typeof taxi>[]): Outbox {
  const outbox = new Outbox()
  for (const each of waiting) outbox.put(each)
  return outbox
}

describe('sendWaiting', () => {
  it('sends each once, and what somebody else wrote not at all', async () => {
    const theirs = taxi({ userId: 'ben', input: { ...taxi().input, idempotencyKey: 'of Ben' } })
    const outbox = holding(theirs, taxi())
    const CreateExpense = vi.fn(created)
    expect(await send(outbox, CreateExpense)).toEqual({ saved: 1, done: true })
    expect(CreateExpense).toHaveBeenCalledExactlyOnceWith({ input: taxi().input })
    expect(outbox.all()).toEqual([theirs])
  })

  it('keeps what cannot be sent now', async () => {
    const outbox = holding(taxi())
    const unreachable = () => new TypeError('connection lost')
    expect(await send(outbox, unreachable)).toEqual({ saved: 0, done: false })
    expect(outbox.all()).toEqual([taxi()])
  })

  it('keeps why one was refused, and does not send it again', async () => {
    const outbox = holding(taxi())
    const CreateExpense = vi.fn(() => refusal('VALIDATION', 'Too much.', 'input.total.amount'))
    expect(await send(outbox, CreateExpense)).toEqual({ saved: 0, done: true })
    expect(outbox.all()[0]?.refusal).toMatchObject({ message: 'Too much.', field: 'total.amount' })
    await send(outbox, CreateExpense)
    expect(CreateExpense).toHaveBeenCalledOnce()
  })

  it('does not drop what was changed while it was sent', async () => {
    const outbox = holding(taxi())
    const CreateExpense = vi
      .fn(() => refusal('IDEMPOTENCY_KEY_REUSED', 'The key was used.'))
      .mockImplementationOnce(() => {
        outbox.put(dearer())
        return created()
      })
    expect(await send(outbox, CreateExpense)).toEqual({ saved: 1, done: true })
    expect(CreateExpense).toHaveBeenLastCalledWith({ input: dearer().input })
    expect(outbox.all()[0]).toMatchObject({ refusal: { code: 'IDEMPOTENCY_KEY_REUSED' } })
  })

  it('does not bring back what was removed while it was sent', async () => {
    const outbox = holding(taxi())
    const CreateExpense = () => {
      outbox.remove(taxi().input.idempotencyKey)
      return refusal('VALIDATION', 'Too much.')
    }
    expect(await send(outbox, CreateExpense)).toEqual({ saved: 0, done: true })
    expect(outbox.all()).toEqual([])
  })

  it('leaves alone what is being edited', async () => {
    const outbox = holding(taxi())
    const CreateExpense = vi.fn(created)
    expect(await send(outbox, CreateExpense, () => true)).toEqual({ saved: 0, done: true })
    expect(CreateExpense).not.toHaveBeenCalled()
  })
})
