import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { contextOf } from '../../../test/group'
import { CategoryIcon } from '../categories'
import { NewExpenseDialog } from '../NewExpenseDialog'
import { CategorySettings } from './CategorySettings'
import { CustomCategories } from './context'
import { useGroupCategories } from './useGroupCategories'

const surfing = {
  __typename: 'Category',
  id: 'c',
  key: 'surfing',
  name: 'Surfing',
  icon: '🏄',
  colour: '#1f6f8b',
} as const

const inGroup = (categories: readonly object[]) => ({
  data: { group: { __typename: 'Group', id: 'g', categories: [...categories] } },
})

describe('CategorySettings', () => {
  function open(categories: object[], answers: Answers) {
    const GroupCategories = () => inGroup(categories)
    stage(<CategorySettings groupId="g" />, { answers: { GroupCategories, ...answers } })
  }

  it('adds one with its icon and colour', async () => {
    const categories: object[] = []
    const CreateCategory = vi.fn(() => {
      categories.push(surfing)
      return { data: { createCategory: surfing } }
    })
    open(categories, { CreateCategory })
    await userEvent.click(await screen.findByRole('button', { name: 'Add a category' }))
    await userEvent.click(screen.getByRole('button', { name: 'Save category' }))
    expect(await screen.findByText('This is needed.')).toBeInTheDocument()
    expect(CreateCategory).not.toHaveBeenCalled()

    await userEvent.type(screen.getByLabelText('Name'), 'Surfing')
    await userEvent.click(screen.getByRole('radio', { name: '🏄' }))
    await userEvent.click(screen.getByRole('radio', { name: 'Blue' }))
    await userEvent.click(screen.getByRole('button', { name: 'Save category' }))
    expect(await screen.findByRole('listitem')).toHaveTextContent('Surfing')
    expect(CreateCategory).toHaveBeenCalledExactlyOnceWith({
      groupId: 'g',
      input: { name: 'Surfing', icon: '🏄', colour: '#1f6f8b' },
    })
  })

  it('changes the name of one, and shows a refusal at it', async () => {
    const UpdateCategory = vi.fn(() =>
      refusal('VALIDATION', 'There is a category of this name already.', 'input.name'),
    )
    open([surfing], { UpdateCategory })
    await userEvent.click(
      await screen.findByRole('button', { name: 'Change the category Surfing' }),
    )
    const name = screen.getByLabelText('Name')
    await userEvent.clear(name)
    await userEvent.type(name, 'Travel')
    await userEvent.click(screen.getByRole('button', { name: 'Save category' }))
    await vi.waitFor(() => {
      expect(name).toHaveAccessibleDescription('There is a category of this name already.')
    })
    expect(UpdateCategory).toHaveBeenCalledExactlyOnceWith({
      id: 'c',
      input: { name: 'Travel', icon: '🏄', colour: '#1f6f8b' },
    })
  })

  it('removes one', async () => {
    const categories: object[] = [surfing]
    const DeleteCategory = vi.fn(() => {
      categories.pop()
      return { data: { deleteCategory: true } }
    })
    open(categories, { DeleteCategory })
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove the category Surfing' }),
    )
    expect(await screen.findByText(/Add what only this one needs/)).toBeInTheDocument()
    expect(DeleteCategory).toHaveBeenCalledExactlyOnceWith({ id: 'c' })
  })
})

it('are offered by the form of an expense, before those of every group', async () => {
  const CreateExpense = vi.fn(() => refusal('NOT_ALLOWED', 'No.'))
  stage(
    <CustomCategories value={[surfing]}>
      <NewExpenseDialog {...contextOf()} />
    </CustomCategories>,
    { at: '/?dialog=expense', answers: { CreateExpense } },
  )
  await userEvent.type(await screen.findByLabelText('What was it for?'), 'Boards')
  await userEvent.type(screen.getByLabelText('Amount'), '30')
  await userEvent.click(screen.getByRole('button', { name: /Today/ }))
  await userEvent.selectOptions(screen.getByLabelText('Category'), 'Surfing')
  const [, first] = screen
    .getAllByRole<HTMLOptionElement>('option', { hidden: true })
    .filter(({ parentElement }) => parentElement === screen.getByLabelText('Category'))
  expect(first).toHaveTextContent('Surfing')
  await userEvent.click(screen.getByRole('button', { name: 'Add expense' }))
  const input = expect.objectContaining({ category: 'surfing' }) as unknown
  expect(CreateExpense).toHaveBeenCalledExactlyOnceWith({ input })
})

it('are known on the page of their group', async () => {
  function Group() {
    return (
      <CustomCategories value={useGroupCategories('g', 0)}>
        <CategoryIcon category="surfing" />
      </CustomCategories>
    )
  }
  stage(<Group />, { answers: { GroupCategories: () => inGroup([surfing]) } })
  expect(await screen.findByText('🏄')).toBeInTheDocument()
})
