import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { contextOf } from '../../../test/group'
import { Comments } from './Comments'

const comment = (id: string, by: string, text: string, mentions: string[] = []) => ({
  __typename: 'Comment',
  id,
  by: { __typename: 'Member', id: by },
  text,
  mentions: mentions.map((member) => ({ __typename: 'Member', id: member })),
  at: '2026-11-22T09:30:00Z',
  editedAt: null,
})

function show(comments: ReturnType<typeof comment>[], answers: Answers = {}, closed = false) {
  const ExpenseComments = () => ({
    data: { expense: { __typename: 'Expense', id: 'e', comments: [...comments] } },
  })
  const { people, nudges } = contextOf()
  stage(<Comments expenseId="e" closed={closed} people={people} nudges={nudges} />, {
    answers: { ExpenseComments, ...answers },
  })
}

it('says something, and shows it', async () => {
  const comments = [comment('1', 'ben', 'Was the wine yours?')]
  const AddComment = vi.fn(({ text }: Record<string, unknown>) => {
    const added = comment('2', 'ada', text as string, ['ben'])
    comments.push(added)
    return { data: { addComment: added } }
  })
  show(comments, { AddComment })
  expect(await screen.findByText('Was the wine yours?')).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText('Write a comment'), 'No, ask @be')
  await userEvent.click(screen.getByRole('button', { name: 'Ben' }))
  await userEvent.keyboard('about it{Enter}')
  expect(await screen.findByText('@Ben')).toHaveClass('text-brand')
  expect(AddComment).toHaveBeenCalledExactlyOnceWith({
    expenseId: 'e',
    text: 'No, ask @Ben about it',
  })
  expect(screen.getByLabelText('Write a comment')).toHaveValue('')
})

it('takes nothing, and changes nothing, where the group is archived', async () => {
  show([comment('1', 'ada', 'Mine')], {}, true)
  expect(await screen.findByText('Mine')).toBeInTheDocument()
  expect(screen.queryByLabelText('Write a comment')).not.toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})

it('keeps what was refused', async () => {
  show([], { AddComment: () => refusal('VALIDATION', 'Too long.', 'text') })
  await userEvent.type(await screen.findByLabelText('Write a comment'), 'A long story{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('Too long.')
  expect(screen.getByLabelText('Write a comment')).toHaveValue('A long story')
})

it('lets the author alone change and delete', async () => {
  const comments = [comment('1', 'ben', 'Mine'), comment('2', 'ada', 'Thiz')]
  const EditComment = vi.fn(() => {
    comments[1] = comment('2', 'ada', 'This')
    return { data: { editComment: comments[1] } }
  })
  const DeleteComment = vi.fn(() => {
    comments.pop()
    return { data: { deleteComment: true } }
  })
  show(comments, { EditComment, DeleteComment })
  const [bens, own] = await screen.findAllByRole('listitem')
  expect(within(bens!).queryByRole('button')).not.toBeInTheDocument()
  await userEvent.click(within(own!).getByRole('button', { name: 'Actions for your comment' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }))
  const field = screen.getByLabelText('Change the comment')
  await userEvent.clear(field)
  await userEvent.type(field, 'This{Enter}')
  expect(await screen.findByText('This')).toBeInTheDocument()
  expect(EditComment).toHaveBeenCalledExactlyOnceWith({ id: '2', text: 'This' })

  await userEvent.click(screen.getByRole('button', { name: 'Actions for your comment' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  await vi.waitFor(() => {
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
  })
  expect(DeleteComment).toHaveBeenCalledExactlyOnceWith({ id: '2' })
})
