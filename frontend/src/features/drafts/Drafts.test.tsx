import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Subject } from 'rxjs'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { mask } from '../../api/fragments'
import { acceptGroup, GroupLive } from '../groups'
import { refusal, stage, type Answers } from '../../test/answering'
import { pizza, remark, unread } from '../../test/draft'
import { euro } from '../../test/expense'
import { contextOf, lisbon } from '../../test/group'
import { Drafts } from './Drafts'
import { photoOf } from './photo'

vi.mock('./photo', () => ({ photoOf: vi.fn() }))

const begun = (draft = unread()) => ({ data: { draftExpense: draft } })
const pushed = (draft = pizza()) => ({ data: { draftChanged: draft } })
const added = { data: { confirmDraft: { id: 'e', group: lisbon({ ledgerVersion: 8 }) } } }

function show(answers: Answers = {}) {
  const staged = stage(<Drafts {...contextOf()} />, { answers })
  acceptGroup(staged.client.cache, mask(lisbon()))
  return staged
}

const line = () => screen.getByLabelText('What did you spend?')
const write = (text: string) => userEvent.type(line(), `${text}{Enter}`)
const card = (name: RegExp = /^Draft/) => screen.findByRole('article', { name })
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

// Their sentences are loaded when a draft first needs them.
beforeAll(() => import('./remarks/sentences'))

describe('the line', () => {
  it('sends with Enter, and begins a new line with Shift and Enter', async () => {
    const DraftExpense = vi.fn(() => begun())
    show({ DraftExpense })
    await write(' Pizza 42,{Shift>}{Enter}{/Shift}Ben paid ')
    expect(DraftExpense).toHaveBeenCalledExactlyOnceWith({
      groupId: 'g',
      text: 'Pizza 42,\nBen paid',
    })
    expect(line()).toHaveValue('')
    expect(await card()).toHaveTextContent('“Pizza 42, Ben paid”')
  })

  it('keeps the sentence of whoever leaves it, until it is taken', async () => {
    const answers = { DraftExpense: () => begun() }
    show(answers)
    await userEvent.type(line(), 'Pizza 42')
    cleanup()
    show(answers)
    expect(line()).toHaveValue('Pizza 42')
    await userEvent.type(line(), '{Enter}')
    expect(await card()).toBeInTheDocument()
    expect(line()).toHaveValue('')
    cleanup()
    show(answers)
    expect(line()).toHaveValue('')
  })

  it('sends nothing while there is nothing', async () => {
    const DraftExpense = vi.fn(() => begun())
    show({ DraftExpense })
    await write('  ')
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled()
    expect(DraftExpense).not.toHaveBeenCalled()
  })

  it.each([
    [refusal('RATE_LIMITED', 'Only 20 drafts a minute.'), 'Only 20 drafts a minute.'],
    [new TypeError('connection lost'), 'cannot be reached'],
  ])('keeps the text when it is not taken: %#', async (answer, reason) => {
    show({ DraftExpense: () => answer })
    await write('Pizza 42')
    expect(await screen.findByRole('alert')).toHaveTextContent(reason)
    expect(line()).toHaveValue('Pizza 42')
    await userEvent.type(line(), '.50')
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })
})

describe('a draft', () => {
  it('appears at once, and is told as soon as it is read', async () => {
    const pushes = new Subject<ReturnType<typeof pushed>>()
    show({ DraftExpense: () => begun(), DraftChanged: () => pushes })
    await write('Pizza 42, Ben paid')
    expect(within(await card()).getByRole('status')).toHaveTextContent('Reading your draft.')

    pushes.next(pushed(pizza({ remarks: [remark('SHARED_BY_ALL')] })))
    const read = await card(/^Draft: Pizza/)
    const said =
      'Draft: Pizza, €42.00, Nov 22 · Eating out · Ben paid. Shares: you €21.00, Ben €21.00. Shared by everyone.'
    await waitFor(() => {
      expect(within(read).getByRole('status')).toHaveTextContent(said)
    })
    const shares = within(read).getByRole('list', { name: 'Shares' })
    expect(read).toHaveTextContent('Split equally')
    expect(within(shares).getAllByRole('listitem')[1]).toHaveTextContent('Ben€21.00')
    expect(within(read).getByRole('list', { name: 'To look at' })).toHaveTextContent(
      'Shared by everyone.',
    )
    expect(read).toHaveTextContent('read by the built-in rules')
  })

  it('is asked for now and then while there is no socket', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    show({ DraftExpense: () => begun(), Draft: () => ({ data: { draft: pizza() } }) })
    await userEvent.setup({ advanceTimers: vi.advanceTimersByTime }).type(line(), 'Pizza{Enter}')
    await card(/Pizza 42/)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await screen.findByRole('button', { name: 'Add expense' })).toBeInTheDocument()
    vi.useRealTimers()
  })

  it('can be dropped when nobody reads it', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    show({ DraftExpense: () => begun() })
    await userEvent.setup({ advanceTimers: vi.advanceTimersByTime }).type(line(), 'Pizza{Enter}')
    await card()
    expect(screen.queryByRole('button', { name: 'Discard' })).not.toBeInTheDocument()
    await vi.advanceTimersByTimeAsync(8_000)
    expect(screen.getByText('This takes longer than usual.')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Discard' })).toBeInTheDocument()
    vi.useRealTimers()
  })

  it('waits beside others, also over a reload', async () => {
    let count = 0
    const answers: Answers = {
      DraftExpense: ({ text }) =>
        begun(pizza({ id: (count++).toString(), description: text as string })),
      Draft: ({ id }) => ({ data: { draft: pizza({ id: id as string, description: 'Again' }) } }),
    }
    const { unmount } = show(answers)
    await write('Taxi')
    await write('Beer')
    const names = (await screen.findAllByRole('article')).map((each) => each.ariaLabel)
    expect(names).toEqual(['Draft: Beer', 'Draft: Taxi'])
    unmount()
    show(answers)
    expect(await screen.findAllByRole('article', { name: 'Draft: Again' })).toHaveLength(2)
  })

  it('disappears when it is not there any more', async () => {
    sessionStorage.setItem('quits.drafts.g', 'd')
    show({ Draft: () => refusal('DRAFT_NOT_FOUND', 'There is no such draft.') })
    await waitFor(() => {
      expect(sessionStorage.getItem('quits.drafts.g')).toBe('')
    })
    expect(screen.queryByRole('article')).not.toBeInTheDocument()
  })
})

describe('deciding', () => {
  const draft = (changes = {}) => ({ DraftExpense: () => begun(pizza(changes)) })

  it('adds the expense, and goes on at the line', async () => {
    const ConfirmDraft = vi.fn(() => added)
    const { client } = show({ ...draft(), ConfirmDraft })
    await write('Pizza')
    await press('Add expense')
    expect(ConfirmDraft).toHaveBeenCalledExactlyOnceWith({ id: 'd', idempotencyKey: 'd' })
    expect(await screen.findByText('Expense added')).toBeInTheDocument()
    expect(screen.queryByRole('article')).not.toBeInTheDocument()
    expect(screen.getByRole('region', { name: 'Drafts' })).toHaveFocus()
    const cached = client.cache.readFragment({
      id: 'Group:g',
      fragment: GroupLive,
      fragmentName: 'GroupLive',
    })
    expect(cached?.ledgerVersion).toBe(8)
  })

  it('keeps the draft when it cannot be added', async () => {
    show({ ...draft(), ConfirmDraft: () => refusal('VALIDATION', 'Ben has left.') })
    await write('Pizza')
    await press('Add expense')
    expect(await screen.findByRole('alert')).toHaveTextContent('Ben has left.')
    expect(await card()).toBeInTheDocument()
  })

  it('drops it, and gives the text back', async () => {
    show({ ...draft(), DiscardDraft: () => ({ data: { discardDraft: true } }) })
    await write('Pizza')
    await press('Discard')
    await waitFor(() => {
      expect(screen.queryByRole('article')).not.toBeInTheDocument()
    })
    await press('Undo')
    expect(line()).toHaveValue('Pizza 42, Ben paid')
    expect(line()).toHaveFocus()
  })

  it('asks for what is missing, in the form or in other words', async () => {
    const DiscardDraft = vi.fn(() => ({ data: { discardDraft: true } }))
    const failed = unread({ status: 'FAILED', text: 'Pizza', remarks: [remark('NO_AMOUNT')] })
    const { router } = show({ DraftExpense: () => begun(failed), DiscardDraft })
    await write('Pizza')
    const missing = await screen.findByRole('list', { name: 'What is missing' })
    expect(missing).toHaveTextContent('How much was it?')
    expect(screen.queryByRole('button', { name: 'Add expense' })).not.toBeInTheDocument()
    await userEvent.click(screen.getByRole('link', { name: 'Edit' }))
    expect(router.state.location.search).toBe('?dialog=draft&draft=d')

    await press('Change the text')
    expect(line()).toHaveValue('Pizza')
    expect(DiscardDraft).toHaveBeenCalledOnce()
  })
})

describe('a sentence about a payment', () => {
  const gave = unread({
    status: 'FAILED',
    text: 'I gave Ben 20 euros',
    payment: { from: { id: 'ada' }, to: { id: 'ben' }, amount: euro('20.00'), date: '2026-11-22' },
    remarks: [remark('PAYMENT_BETWEEN_TWO')],
  })

  it('becomes a payment at once', async () => {
    const RecordDraftedPayment = vi.fn(() => ({
      data: { recordPayment: { id: 'p', group: lisbon({ ledgerVersion: 8 }) } },
    }))
    const DiscardDraft = vi.fn(() => ({ data: { discardDraft: true } }))
    show({ DraftExpense: () => begun(gave), RecordDraftedPayment, DiscardDraft })
    await write('I gave Ben 20 euros')
    expect(await card()).toHaveTextContent('You gave Ben')
    expect(screen.queryByRole('list', { name: 'What is missing' })).not.toBeInTheDocument()
    await press('Record payment')
    expect(RecordDraftedPayment).toHaveBeenCalledExactlyOnceWith({
      input: {
        groupId: 'g',
        fromMemberId: 'ada',
        toMemberId: 'ben',
        amount: { amount: '20.00', currency: 'EUR' },
        method: 'CASH',
        date: '2026-11-22',
        note: null,
        idempotencyKey: 'd',
      },
    })
    expect(await screen.findByText('Payment recorded')).toBeInTheDocument()
    await waitFor(() => {
      expect(screen.queryByRole('article')).not.toBeInTheDocument()
    })
  })

  it('stays when it cannot be recorded, and may be an expense after all', async () => {
    const { router } = show({
      DraftExpense: () => begun(gave),
      RecordDraftedPayment: () => refusal('VALIDATION', 'Ben has left.'),
    })
    await write('I gave Ben 20 euros')
    await press('Record payment')
    expect(await screen.findByRole('alert')).toHaveTextContent('Ben has left.')
    await userEvent.click(screen.getByRole('link', { name: 'It is an expense' }))
    expect(router.state.location.search).toBe('?dialog=draft&draft=d')
  })
})

describe('a receipt', () => {
  const photo = { mediaType: 'image/jpeg', base64: 'AAAA' }
  const choose = () =>
    userEvent.upload(
      screen.getByLabelText('Photo of a receipt'),
      new File(['x'], 'receipt.png', { type: 'image/png' }),
    )

  beforeEach(() => {
    vi.mocked(photoOf).mockResolvedValue(photo)
  })

  it('is sent and read', async () => {
    const DraftReceipt = vi.fn(() => ({ data: { draftReceipt: unread({ text: '' }) } }))
    show({ DraftReceipt, DraftChanged: () => pushedReceipt })
    const pushedReceipt = pushed(pizza({ text: '', advisor: 'GEMINI' }))
    await choose()
    expect(DraftReceipt).toHaveBeenCalledExactlyOnceWith({ groupId: 'g', photo })
    expect(await card(/Pizza/)).toHaveTextContent('read by Gemini')
  })

  it('is not offered again where nobody can read it', async () => {
    const sentence = 'Receipts are not read here.'
    const { unmount } = show({ DraftReceipt: () => refusal('NOT_CONFIGURED', sentence) })
    await choose()
    expect(await screen.findByText(sentence)).toBeInTheDocument()
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
    expect(screen.queryByRole('button', { name: 'Add a receipt' })).not.toBeInTheDocument()
    unmount()
    show()
    expect(screen.queryByRole('button', { name: 'Add a receipt' })).not.toBeInTheDocument()
  })

  it('has to be a picture', async () => {
    vi.mocked(photoOf).mockRejectedValue(new Error('no picture'))
    show()
    await choose()
    expect(await screen.findByRole('alert')).toHaveTextContent('not a picture')
    expect(screen.getByRole('button', { name: 'Add a receipt' })).toBeEnabled()
  })
})
