import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { EmailPage } from '.'

const state = (emailVerified: boolean) => () => ({
  data: { me: { __typename: 'User', id: 'ada', email: 'ada@example.org', emailVerified } },
})
const open = (answers: Answers) =>
  stage(<EmailPage />, { answers: { EmailState: state(false), ...answers } })
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

async function change(answers: Answers) {
  const { router } = open(answers)
  await userEvent.type(await screen.findByLabelText('New email address'), ' ada@new.example ')
  await userEvent.type(screen.getByLabelText('Your password'), 'correct horse')
  await press('Change address')
  return router
}

it('says that mail arrives at a confirmed address', async () => {
  open({ EmailState: state(true) })
  expect(await screen.findByText(/^Confirmed/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Send me a link' })).not.toBeInTheDocument()
})

it('sends a link to confirm the address', async () => {
  const RequestEmailVerification = vi.fn(() => ({ data: { requestEmailVerification: true } }))
  open({ RequestEmailVerification })
  await press('Send me a link')
  expect(await screen.findByText('A link is on its way to you.')).toBeInTheDocument()
  expect(RequestEmailVerification).toHaveBeenCalledOnce()
})

it('says where no mail can be sent', async () => {
  open({ RequestEmailVerification: () => refusal('NOT_CONFIGURED', 'No mail here.') })
  await press('Send me a link')
  expect(await screen.findByRole('alert')).toBeInTheDocument()
  expect(screen.queryByText('A link is on its way to you.')).not.toBeInTheDocument()
})

it('asks for the password before the address changes, which waits for the link', async () => {
  const RequestEmailChange = vi.fn(() => ({ data: { requestEmailChange: true } }))
  const router = await change({ RequestEmailChange })
  expect(await screen.findByText(/link that is on its way to ada@new\.example/)).toBeInTheDocument()
  const sent = { email: 'ada@new.example', password: 'correct horse' }
  expect(RequestEmailChange).toHaveBeenCalledExactlyOnceWith(sent)
  expect(router.state.location.pathname).toBe('/settings')
})

it('says at the field that the password is wrong', async () => {
  await change({ RequestEmailChange: () => refusal('BAD_CREDENTIALS', 'Wrong.') })
  expect(await screen.findByText('This is not your password.')).toBeInTheDocument()
  expect(screen.getByLabelText('Your password')).toBeInvalid()
})
