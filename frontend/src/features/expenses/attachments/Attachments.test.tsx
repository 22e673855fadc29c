import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { contextOf } from '../../../test/group'
import { activateLocale } from '../../../lib/i18n'
import { Attachments } from './Attachments'

const receipt = {
  __typename: 'Attachment',
  id: 'a',
  name: 'receipt.jpg',
  mediaType: 'image/jpeg',
  size: 2_400_000,
  url: '/files/1/receipt.jpg?signature=s',
  thumbnailUrl: '/files/2/thumbnail.jpg?signature=s',
  by: { __typename: 'Member', id: 'ben' },
  at: '2026-11-22T09:30:00Z',
}

/** What the browser sends files with, answering as it is told. */
class Post {
  static answer = { status: 201, text: '{"id":"b"}' }
  static sent: { url: string; file: File }[] = []
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {}
  onload?: () => void
  onerror?: () => void
  status = 0
  responseText = ''
  private url = ''

  open(_method: string, url: string) {
    this.url = url
  }

  send(file: File) {
    Post.sent.push({ url: this.url, file })
    this.upload.onprogress?.({ loaded: 1, total: 2 })
    this.status = Post.answer.status
    this.responseText = Post.answer.text
    if (this.status === 0) this.onerror?.()
    else this.onload?.()
  }
}

beforeEach(() => {
  Post.answer = { status: 201, text: '{"id":"b"}' }
  Post.sent = []
  vi.stubGlobal('XMLHttpRequest', Post)
})
afterEach(async () => {
  await activateLocale('en-US')
})

const PrepareAttachment = () => ({
  data: {
    prepareAttachment: { __typename: 'AttachmentUpload', id: 'b', url: '/files?upload=u' },
  },
})

function show(
  attachments: (typeof receipt)[],
  answers: Answers = {},
  { closed = false, editable = true } = {},
) {
  const ExpenseAttachments = () => ({
    data: { expense: { __typename: 'Expense', id: 'e', attachments: [...attachments] } },
  })
  const { people, nudges } = contextOf()
  stage(<Attachments expenseId="e" {...{ closed, editable, people, nudges }} />, {
    answers: { ExpenseAttachments, ...answers },
  })
}

const bill = () => new File(['%PDF-'], 'bill.pdf', { type: 'application/pdf' })
const add = async (file: File) => {
  await userEvent.upload(await screen.findByLabelText('Add a photo or PDF'), file)
}

it('shows what there is, whose it is, and opens it', async () => {
  show([receipt])
  const link = await screen.findByRole('link', { name: /receipt\.jpg/ })
  expect(link).toHaveAttribute('href', receipt.url)
  expect(link).toHaveTextContent(/Ben · Nov 22.*· 2\.4 MB/)
  expect(link.querySelector('img')).toHaveAttribute('src', receipt.thumbnailUrl)
})

it('sends a file to the address that was made for it', async () => {
  const attachments: (typeof receipt)[] = []
  const prepared = vi.fn(() => {
    attachments.push({ ...receipt, id: 'b', name: 'bill.pdf' })
    return PrepareAttachment()
  })
  show(attachments, { PrepareAttachment: prepared })
  const file = bill()
  await add(file)
  expect(await screen.findByRole('link', { name: /bill\.pdf/ })).toBeInTheDocument()
  expect(prepared).toHaveBeenCalledExactlyOnceWith({ expenseId: 'e', name: 'bill.pdf' })
  expect(Post.sent).toEqual([{ url: '/files?upload=u', file }])
  await vi.waitFor(() => {
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument()
  })
})

it('says why a file is not taken, and sends it again on request', async () => {
  Post.answer = { status: 400, text: '{"code":"VALIDATION","message":"This picture is damaged."}' }
  show([], { PrepareAttachment })
  await add(bill())
  expect(await screen.findByRole('alert')).toHaveTextContent('This picture is damaged.')
  Post.answer = { status: 0, text: '' }
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText(/Quits cannot be reached/)).toBeInTheDocument()
  Post.answer = { status: 201, text: '{"id":"b"}' }
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await vi.waitFor(() => {
    expect(screen.queryByText('bill.pdf')).not.toBeInTheDocument()
  })
  expect(Post.sent).toHaveLength(3)
})

it('says it in the language of the person', async () => {
  await activateLocale('de-DE')
  Post.answer = { status: 400, text: '{"code":"VALIDATION","message":"This picture is damaged."}' }
  show([], { PrepareAttachment })
  await userEvent.upload(await screen.findByLabelText('Foto oder PDF hinzufügen'), bill())
  expect(await screen.findByRole('alert')).toHaveTextContent(/beschädigt/)
})

it('asks for no address for a file that is too large', async () => {
  const prepared = vi.fn(PrepareAttachment)
  show([], { PrepareAttachment: prepared })
  const large = bill()
  Object.defineProperty(large, 'size', { value: 10 * 1024 * 1024 + 1 })
  await add(large)
  expect(await screen.findByRole('alert')).toHaveTextContent('A file may have up to 10 MB.')
  expect(prepared).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Do not add bill.pdf' }))
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

it('shows why no address was given', async () => {
  show([], { PrepareAttachment: () => refusal('RATE_LIMITED', 'Please go on tomorrow.') })
  await add(bill())
  expect(await screen.findByRole('alert')).toHaveTextContent('Please go on tomorrow.')
  expect(Post.sent).toEqual([])
})

it('removes a file once that is confirmed', async () => {
  const attachments = [receipt]
  const RemoveAttachment = vi.fn(() => {
    attachments.pop()
    return { data: { removeAttachment: true } }
  })
  show(attachments, { RemoveAttachment })
  await userEvent.click(await screen.findByRole('button', { name: 'Remove receipt.jpg' }))
  expect(RemoveAttachment).not.toHaveBeenCalled()
  const dialog = await screen.findByRole('dialog', { name: 'Remove this file?' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Remove' }))
  expect(RemoveAttachment).toHaveBeenCalledExactlyOnceWith({ id: 'a' })
  await vi.waitFor(() => {
    expect(screen.queryByText('receipt.jpg')).not.toBeInTheDocument()
  })
})

it('offers to remove only what is own where the expense cannot be changed', async () => {
  const own = { ...receipt, id: 'own', name: 'own.jpg', by: { __typename: 'Member', id: 'ada' } }
  show([receipt, own], {}, { editable: false })
  expect(await screen.findByRole('button', { name: 'Remove own.jpg' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Remove receipt.jpg' })).not.toBeInTheDocument()
})

it('offers to add nothing where nothing is added any more', async () => {
  show([receipt], {}, { closed: true })
  await screen.findByText('receipt.jpg')
  expect(screen.queryByLabelText('Add a photo or PDF')).not.toBeInTheDocument()
})
