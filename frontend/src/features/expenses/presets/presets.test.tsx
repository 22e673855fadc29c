import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { entered } from '../../../test/expense'
import { contextOf } from '../../../test/group'
import { NewExpenseDialog } from '../NewExpenseDialog'
import { PresetSettings } from './PresetSettings'

const percent = [
  { memberId: 'ada', percent: '60.00' },
  { memberId: 'ben', percent: '40.00' },
]
const groceries = {
  __typename: 'Preset',
  id: 'p',
  name: 'Groceries',
  category: 'groceries',
  payer: { __typename: 'Member', id: 'ben' },
  splitMode: 'PERCENT',
  splitInput: entered({ percent }),
  isDefault: false,
}

const inGroup = (presets: readonly object[]) => ({
  data: { group: { __typename: 'Group', id: 'g', presets: [...presets] } },
})
const saved = { data: { createPreset: groceries } }

describe('in the form of an expense', () => {
  const created = vi.fn(() => refusal('NOT_ALLOWED', 'No.'))

  function open(presets: object[], answers: Answers = {}) {
    created.mockClear()
    const GroupPresets = () => inGroup(presets)
    stage(<NewExpenseDialog {...contextOf()} />, {
      answers: { GroupPresets, CreateExpense: created, ...answers },
      at: '/?dialog=expense',
    })
  }

  const sent = (input: object) => {
    expect(created).toHaveBeenCalledExactlyOnceWith({
      input: expect.objectContaining(input) as unknown,
    })
  }

  it('one tap fills in title, category, payer and split', async () => {
    open([groceries])
    await userEvent.click(await screen.findByRole('button', { name: 'Groceries' }))
    await userEvent.type(screen.getByLabelText('Amount'), '50')
    await userEvent.click(screen.getByRole('button', { name: 'Add expense' }))
    sent({
      description: 'Groceries',
      category: 'groceries',
      payers: [{ memberId: 'ben', amount: '50.00' }],
      split: { percent: percent.map((part) => ({ ...part })) },
    })
  })

  it('the default is there from the beginning, without a title', async () => {
    open([{ ...groceries, isDefault: true }])
    expect(await screen.findByRole('button', { name: 'Paid by Ben' })).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Split by percent' })).toBeInTheDocument()
    expect(screen.getByLabelText('What was it for?')).toHaveValue('')
  })

  it('who has left the group does not pay', async () => {
    const payer = { __typename: 'Member', id: 'carl' }
    open([{ ...groceries, payer, isDefault: true }])
    expect(await screen.findByRole('button', { name: 'Split by percent' })).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Paid by you' })).toBeInTheDocument()
  })

  it('keeps how it is split for the next time', async () => {
    const CreatePreset = vi.fn(() => saved)
    open([], { CreatePreset })
    await userEvent.type(await screen.findByLabelText('What was it for?'), 'Rent')
    expect(screen.queryByRole('button', { name: 'Save as a template' })).not.toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Split equally' }))
    await userEvent.click(screen.getByRole('radio', { name: 'Percent' }))
    await userEvent.type(screen.getByLabelText('You: percent'), '70')
    await userEvent.type(screen.getByLabelText('Ben: percent'), '30')
    await userEvent.click(screen.getByRole('button', { name: 'Save as a template' }))
    expect(screen.getByLabelText('Name of the template')).toHaveValue('Rent')
    await userEvent.type(screen.getByLabelText('Name of the template'), ' 70/30{Enter}')
    expect(await screen.findByText('Template saved')).toBeInTheDocument()
    expect(CreatePreset).toHaveBeenCalledExactlyOnceWith({
      groupId: 'g',
      input: {
        name: 'Rent 70/30',
        category: null,
        payerId: null,
        split: {
          percent: [
            { memberId: 'ada', percent: '70.00' },
            { memberId: 'ben', percent: '30.00' },
          ],
        },
      },
    })
    expect(created).not.toHaveBeenCalled()
  })
})

describe('PresetSettings', () => {
  function open(presets: object[], answers: Answers) {
    const GroupPresets = () => inGroup(presets)
    const context = contextOf()
    stage(<PresetSettings />, { answers: { GroupPresets, ...answers }, context })
  }

  it('tells what a template does, and changes it', async () => {
    const UpdatePreset = vi.fn(() => ({ data: { updatePreset: groceries } }))
    open([{ ...groceries, isDefault: true }], { UpdatePreset })
    const row = await screen.findByRole('listitem')
    expect(row).toHaveTextContent('in every new expense')
    expect(row).toHaveTextContent('You 60%, Ben 40% · paid by Ben · Groceries')
    await userEvent.click(screen.getByRole('button', { name: 'Change the template Groceries' }))
    await userEvent.selectOptions(screen.getByLabelText('Paid by'), 'Whoever enters it')
    await userEvent.click(screen.getByRole('switch', { name: 'In every new expense' }))
    await userEvent.click(screen.getByRole('button', { name: 'Save template' }))
    const input = {
      name: 'Groceries',
      category: 'groceries',
      payerId: null,
      split: { percent },
      isDefault: false,
    }
    await vi.waitFor(() => {
      expect(UpdatePreset).toHaveBeenCalledExactlyOnceWith({ id: 'p', input })
    })
  })

  it('says what is missing before it sends anything', async () => {
    const CreatePreset = vi.fn(() => saved)
    const presets: object[] = []
    open(presets, { CreatePreset })
    await userEvent.click(await screen.findByRole('button', { name: 'Add a template' }))
    const form = screen.getByRole('region', { name: 'Templates' })
    await userEvent.click(within(form).getByRole('radio', { name: 'Percent' }))
    await userEvent.type(screen.getByLabelText('You: percent'), '60')
    expect(form).toHaveTextContent('40%')
    await userEvent.click(screen.getByRole('button', { name: 'Save template' }))
    expect(await screen.findByText('This is needed.')).toBeInTheDocument()
    expect(screen.getByText('The percentages do not make 100 yet.')).toBeInTheDocument()
    await userEvent.type(screen.getByLabelText('Name'), 'Groceries')
    await userEvent.click(screen.getByRole('button', { name: 'Save template' }))
    expect(CreatePreset).not.toHaveBeenCalled()

    await userEvent.type(screen.getByLabelText('Ben: percent'), '40')
    presets.push(groceries)
    await userEvent.click(screen.getByRole('button', { name: 'Save template' }))
    expect(await screen.findByRole('listitem')).toHaveTextContent('You 60%, Ben 40%')
    expect(CreatePreset).toHaveBeenCalledOnce()
  })

  it('shows a refusal at the name, and removes one', async () => {
    const presets: object[] = [groceries]
    const DeletePreset = vi.fn(() => {
      presets.pop()
      return { data: { deletePreset: true } }
    })
    const taken = 'There is a preset of this name already.'
    open(presets, {
      UpdatePreset: () => refusal('VALIDATION', taken, 'input.name'),
      DeletePreset,
    })
    await userEvent.click(
      await screen.findByRole('button', { name: 'Change the template Groceries' }),
    )
    await userEvent.click(screen.getByRole('button', { name: 'Save template' }))
    await vi.waitFor(() => {
      expect(screen.getByLabelText('Name')).toHaveAccessibleDescription(taken)
    })
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    await userEvent.click(screen.getByRole('button', { name: 'Remove the template Groceries' }))
    await vi.waitFor(() => {
      expect(screen.queryByRole('listitem')).not.toBeInTheDocument()
    })
    expect(DeletePreset).toHaveBeenCalledExactlyOnceWith({ id: 'p' })
  })
})
