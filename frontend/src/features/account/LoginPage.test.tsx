import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../test/answering'
import { thisDevice } from './device'
import { LoginPage } from './LoginPage'

const tokens = {
  __typename: 'AuthPayload',
  accessToken: 'access',
  refreshToken: 'refresh',
  expiresAt: '2026-11-22T10:00:00Z',
}

async function logIn() {
  await userEvent.type(screen.getByLabelText('Email'), ' ada@example.org ')
  await userEvent.type(screen.getByLabelText('Password'), 'secret')
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }))
}

describe('LoginPage', () => {
  it('starts a session and goes on to where somebody wanted to be', async () => {
    const Login = vi.fn(() => ({ data: { login: tokens } }))
    const { session, router } = stage(<LoginPage />, {
      answers: { Login },
      at: '/login#next=%2Fjoin%23abc',
    })
    await logIn()
    const input = { email: 'ada@example.org', password: 'secret', ...thisDevice() }
    expect(Login).toHaveBeenCalledWith({ input })
    expect(session.accessToken()).toBe('access')
    expect(router.state.location).toMatchObject({ pathname: '/join', hash: '#abc' })
  })

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'never goes on to %s',
    async (next) => {
      const { router } = stage(<LoginPage />, {
        answers: { Login: () => ({ data: { login: tokens } }) },
        at: `/login#next=${encodeURIComponent(next)}`,
      })
      await logIn()
      expect(router.state.location.pathname).toBe('/')
    },
  )

  it('asks for the code of an account with two steps', async () => {
    const Login = vi
      .fn<Answers[string]>(() => ({ data: { login: tokens } }))
      .mockReturnValueOnce(refusal('SECOND_FACTOR_REQUIRED', 'A code is needed.', 'input.code'))
    const { session } = stage(<LoginPage />, { answers: { Login } })
    await logIn()
    const code = await screen.findByLabelText('Code')
    expect(code).toHaveFocus()
    expect(await screen.findByText('A code is needed.')).toBeInTheDocument()
    await userEvent.type(code, ' 123456 ')
    await userEvent.click(screen.getByRole('button', { name: 'Log in' }))
    const input = { email: 'ada@example.org', password: 'secret', code: '123456', ...thisDevice() }
    expect(Login).toHaveBeenLastCalledWith({ input })
    expect(session.accessToken()).toBe('access')
  })

  it('says what is wrong', async () => {
    const { session } = stage(<LoginPage />, {
      answers: { Login: () => refusal('BAD_CREDENTIALS', 'Email or password is wrong.') },
    })
    await logIn()
    expect(await screen.findByRole('alert')).toHaveTextContent('Email or password is wrong.')
    expect(session.active()).toBe(false)
  })
})
