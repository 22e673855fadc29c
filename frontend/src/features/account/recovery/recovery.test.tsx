import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage } from '../../../test/answering'
import { ConfirmEmailPage, ForgotPage, ResetPage } from '.'

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))

describe('ForgotPage', () => {
  it('asks for a link, and tells the same whether or not there is an account', async () => {
    const RequestPasswordReset = vi.fn(() => ({ data: { requestPasswordReset: true } }))
    stage(<ForgotPage />, { answers: { RequestPasswordReset } })
    await userEvent.type(screen.getByLabelText('Email'), ' ada@example.org ')
    await press('Send the link')
    expect(await screen.findByText(/If ada@example.org has an account/)).toBeInTheDocument()
    expect(RequestPasswordReset).toHaveBeenCalledExactlyOnceWith({ email: 'ada@example.org' })
  })

  it('says where Quits sends no mail', async () => {
    const RequestPasswordReset = () => refusal('NOT_CONFIGURED', 'No mail.')
    stage(<ForgotPage />, { answers: { RequestPasswordReset } })
    await userEvent.type(screen.getByLabelText('Email'), 'ada@example.org')
    await press('Send the link')
    expect(await screen.findByRole('alert')).toHaveTextContent('No mail.')
  })
})

describe('ResetPage', () => {
  it('changes the password by the token of the link, and leads to the log-in page', async () => {
    const ResetPassword = vi.fn(() => ({ data: { resetPassword: true } }))
    const { router, session } = stage(<ResetPage />, {
      answers: { ResetPassword },
      at: '/reset#token=abc',
    })
    await userEvent.type(screen.getByLabelText('New password'), 'a much longer one')
    await press('Change password')
    expect(await screen.findByText(/Log in with the new one/)).toBeInTheDocument()
    expect(ResetPassword).toHaveBeenCalledExactlyOnceWith({
      token: 'abc',
      new: 'a much longer one',
    })
    expect(router.state.location.pathname).toBe('/login')
    expect(session.active()).toBe(false)
  })
})

describe('ConfirmEmailPage', () => {
  it('confirms the address once', async () => {
    const ConfirmEmail = vi.fn(() => ({ data: { confirmEmail: true } }))
    stage(<ConfirmEmailPage />, { answers: { ConfirmEmail }, at: '/confirm#token=abc' })
    expect(await screen.findByText('Your address is confirmed')).toBeInTheDocument()
    expect(ConfirmEmail).toHaveBeenCalledExactlyOnceWith({ token: 'abc' })
  })
})
