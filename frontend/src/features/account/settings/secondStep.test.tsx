import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { SecondStepPage } from '.'

const state = (hasSecondFactor: boolean) => ({
  data: { me: { __typename: 'User', id: 'ada', hasSecondFactor } },
})
const setup = { __typename: 'SecondFactorSetup', secret: 'GEZDGNBV', uri: 'otpauth://totp/Quits' }
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))

describe('SecondStepPage', () => {
  it('is set up with a code of the app, and shows the recovery codes once', async () => {
    let isOn = false
    const EnableSecondFactor = vi.fn(() => {
      isOn = true
      const enabled = {
        __typename: 'EnabledSecondFactor',
        recoveryCodes: ['abcd-efgh', 'ijkl-mnop'],
      }
      return { data: { enableSecondFactor: enabled } }
    })
    const BeginSecondFactor = vi.fn(() => ({ data: { beginSecondFactor: setup } }))
    const SecondFactorState = () => state(isOn)
    stage(<SecondStepPage />, {
      answers: { SecondFactorState, BeginSecondFactor, EnableSecondFactor },
    })
    await userEvent.type(await screen.findByLabelText('Your password'), 'secret')
    await press('Set it up')
    expect(BeginSecondFactor).toHaveBeenCalledWith({ password: 'secret' })
    expect(await screen.findByText('GEZDGNBV')).toBeInTheDocument()
    await userEvent.type(screen.getByLabelText('Code'), ' 123456 ')
    await press('Turn on')
    expect(EnableSecondFactor).toHaveBeenCalledWith({ code: '123456' })
    expect(await screen.findByText('ijkl-mnop')).toBeInTheDocument()
    await press('I have kept them')
    expect(await screen.findByText('Two-step log-in is on.')).toBeInTheDocument()
    expect(screen.queryByText('ijkl-mnop')).not.toBeInTheDocument()
  })

  it('says at the field that a code or a password is wrong', async () => {
    const answers = {
      SecondFactorState: () => state(false),
      BeginSecondFactor: vi
        .fn<Answers[string]>(() => ({ data: { beginSecondFactor: setup } }))
        .mockReturnValueOnce(refusal('BAD_CREDENTIALS', 'Wrong.')),
      EnableSecondFactor: () => refusal('SECOND_FACTOR_WRONG', 'Not right.', 'input.code'),
    }
    stage(<SecondStepPage />, { answers })
    await userEvent.type(await screen.findByLabelText('Your password'), 'wrong')
    await press('Set it up')
    expect(await screen.findByText('This is not your password.')).toBeInTheDocument()
    await press('Set it up')
    await userEvent.type(await screen.findByLabelText('Code'), '000000')
    await press('Turn on')
    expect(await screen.findByText('Not right.')).toBeInTheDocument()
    expect(screen.getByLabelText('Code')).toHaveFocus()
  })

  it('is turned off with the password', async () => {
    let isOn = true
    const DisableSecondFactor = vi.fn(() => {
      isOn = false
      return { data: { disableSecondFactor: true } }
    })
    const SecondFactorState = () => state(isOn)
    stage(<SecondStepPage />, { answers: { SecondFactorState, DisableSecondFactor } })
    await screen.findByText('Two-step log-in is on.')
    await userEvent.type(screen.getByLabelText('Your password'), 'secret')
    await press('Turn off')
    expect(DisableSecondFactor).toHaveBeenCalledWith({ password: 'secret' })
    expect(await screen.findByRole('button', { name: 'Set it up' })).toBeInTheDocument()
  })
})
