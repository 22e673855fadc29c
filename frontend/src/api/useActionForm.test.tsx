import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { filled } from '../lib/filled'
import { FormError, TextField } from '../ui/Field'
import type { Refusal } from './refusal'
import { useActionForm } from './useActionForm'
import { useSending } from './useSending'

const PLACES = { WRONG: { field: 'secret', message: 'Another one.' }, mail: 'name' } as const

function Form({ answer }: { answer: (name: string) => Refusal | undefined }) {
  const { run, refusal } = useSending((name: string) =>
    Promise.resolve({ data: undefined, refusal: answer(name) }),
  )
  const { field, onSubmit, general } = useActionForm({
    defaultValues: { name: '', secret: '' },
    refusal,
    places: PLACES,
  })
  async function send({ name }: { name: string }) {
    await run(name)
  }
  return (
    <form onSubmit={onSubmit(send)} noValidate>
      <TextField label="Name" {...field('name', { validate: filled })} />
      <TextField label="Secret" {...field('secret', { validate: filled })} />
      <FormError>{general}</FormError>
      <button type="submit">Send</button>
    </form>
  )
}

const fill = async () => {
  await userEvent.type(screen.getByLabelText('Name'), 'Ada')
  await userEvent.type(screen.getByLabelText('Secret'), 'x')
}
const send = () => userEvent.click(screen.getByRole('button', { name: 'Send' }))
const refused = (field: string | undefined, code = 'VALIDATION'): Refusal => ({
  code,
  message: 'No.',
  ...(field && { field }),
})

describe('useActionForm', () => {
  it('sends nothing while a field is wrong, and begins at the first one', async () => {
    const answer = vi.fn()
    render(<Form answer={answer} />)
    await send()
    await waitFor(() => {
      expect(screen.getByLabelText('Name')).toHaveFocus()
    })
    expect(screen.getByLabelText('Name')).toHaveAccessibleDescription('This is needed.')
    expect(screen.getByLabelText('Secret')).toBeInvalid()
    expect(answer).not.toHaveBeenCalled()
  })

  it.each([
    ['of its own name', refused('secret'), 'Secret', 'No.'],
    ['around the refused one', refused('secret.letters'), 'Secret', 'No.'],
    ['that the API calls otherwise', refused('mail'), 'Name', 'No.'],
    ['that a code is about, in other words', refused(undefined, 'WRONG'), 'Secret', 'Another one.'],
  ])('shows a refusal at the field %s', async (_, refusal, label, message) => {
    render(<Form answer={() => refusal} />)
    await fill()
    await send()
    const input = screen.getByLabelText(label)
    await waitFor(() => {
      expect(input).toHaveAccessibleDescription(message)
    })
    expect(input).toHaveFocus()
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  it('forgets what was wrong with a field once it is changed', async () => {
    render(<Form answer={() => refused('secret')} />)
    await fill()
    await send()
    await screen.findByText('No.')
    await userEvent.type(screen.getByLabelText('Secret'), 'y')
    await waitFor(() => {
      expect(screen.queryByText('No.')).not.toBeInTheDocument()
    })
  })

  it('says the same again when it is sent again', async () => {
    render(<Form answer={() => refused('secret')} />)
    await fill()
    await send()
    await screen.findByText('No.')
    await userEvent.type(screen.getByLabelText('Secret'), 'y')
    await send()
    expect(await screen.findByText('No.')).toBeInTheDocument()
  })

  it('keeps what belongs to no field for beside the button', async () => {
    render(<Form answer={() => refused('elsewhere')} />)
    await fill()
    await send()
    expect(await screen.findByRole('alert')).toHaveTextContent('No.')
    expect(screen.getByLabelText('Name')).toBeValid()
  })
})
