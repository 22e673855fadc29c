import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { HandlesPage } from './HandlesPage'

const bank = { kind: 'IBAN', value: 'DE89370400440532013000', holder: 'Ada Lovelace' }
const paypal = { kind: 'PAYPAL', value: 'ada', holder: null }

const answer = (handles: object[]) => ({
  __typename: 'User',
  id: 'ada',
  payHandles: handles.map((each) => ({ __typename: 'PayHandle', ...each })),
})

function open(handles: object[], answers: Answers = {}) {
  const PayHandles = () => ({ data: { me: answer(handles) } })
  const SetPayHandles = vi.fn(({ handles: changed }: Record<string, unknown>) => ({
    data: { setPayHandles: answer(changed as object[]) },
  }))
  stage(<HandlesPage />, { answers: { PayHandles, SetPayHandles, ...answers } })
  return SetPayHandles
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

describe('HandlesPage', () => {
  it('adds a way after those that there are', async () => {
    const SetPayHandles = open([bank])
    await userEvent.selectOptions(await screen.findByLabelText('How'), 'PayPal')
    await userEvent.type(screen.getByLabelText('Your PayPal.me name'), ' ada ')
    expect(screen.queryByLabelText('Whose account it is')).not.toBeInTheDocument()
    await press('Add')
    expect(await screen.findByText('PayPal', { selector: 'p' })).toBeInTheDocument()
    expect(SetPayHandles).toHaveBeenCalledExactlyOnceWith({ handles: [bank, paypal] })
  })

  it('asks for the holder of an account before it is sent', async () => {
    const SetPayHandles = open([])
    await userEvent.type(await screen.findByLabelText('IBAN'), 'DE89 3704 0044 0532 0130 00')
    await press('Add')
    expect(screen.getByLabelText('Whose account it is')).toHaveAccessibleDescription(
      'This is needed.',
    )
    expect(SetPayHandles).not.toHaveBeenCalled()
  })

  it('says at the field what is wrong with it', async () => {
    open([], { SetPayHandles: () => refusal('VALIDATION', 'This is not an IBAN.', 'handles') })
    await userEvent.type(await screen.findByLabelText('IBAN'), 'DE00')
    await userEvent.type(screen.getByLabelText('Whose account it is'), 'Ada')
    await press('Add')
    expect(await screen.findByText('This is not an IBAN. Check its digits.')).toBeInTheDocument()
  })

  it('changes the order, and takes one away', async () => {
    const SetPayHandles = open([bank, paypal])
    await press('Prefer PayPal')
    expect(SetPayHandles).toHaveBeenLastCalledWith({ handles: [paypal, bank] })
    const rows = within(await screen.findByRole('region', { name: 'Your ways to be paid' }))
    expect(rows.getAllByRole('listitem')[0]).toHaveTextContent('PayPal')
    await press('Remove PayPal')
    expect(SetPayHandles).toHaveBeenLastCalledWith({ handles: [bank] })
  })
})
