import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { NotificationSettingsPage } from '.'

const KINDS = ['EXPENSES', 'COMMENTS', 'PAYMENTS', 'REMINDERS', 'MEMBERS', 'BUDGETS']

interface Choices {
  mailIsSetUp: boolean
  mailIsOn: boolean
  quietHours: { from: string; to: string } | null
}

const settings = (choices: Partial<Choices> = {}) => ({
  __typename: 'NotificationSettings',
  mailIsSetUp: true,
  mailIsOn: true,
  kinds: KINDS.map((kind) => ({ __typename: 'KindSetting', kind, frequency: 'DAILY' })),
  groups: [],
  ...choices,
  quietHours: choices.quietHours ? { __typename: 'QuietHours', ...choices.quietHours } : null,
})

const group = { __typename: 'Group', id: 'trip', name: 'Trip' }

const asked =
  (choices: Partial<Choices> = {}, emailVerified = true) =>
  () => ({
    data: {
      me: { __typename: 'User', id: 'ada', emailVerified },
      groups: {
        __typename: 'GroupConnection',
        edges: [{ __typename: 'GroupEdge', node: group }],
      },
      notificationSettings: settings(choices),
    },
  })

function open(answers: Answers) {
  const SetNotificationSettings = vi.fn(() => ({ data: { setNotificationSettings: settings() } }))
  stage(<NotificationSettingsPage />, { answers: { SetNotificationSettings, ...answers } })
  return SetNotificationSettings
}

describe('NotificationSettingsPage', () => {
  it('saves each choice at once, for a kind and for a group', async () => {
    const save = open({ NotificationSettings: asked() })
    await userEvent.selectOptions(
      await screen.findByLabelText('Expenses you have a part in'),
      'At once',
    )
    expect(save).toHaveBeenLastCalledWith({
      input: { kinds: [{ kind: 'EXPENSES', frequency: 'AT_ONCE' }] },
    })
    await userEvent.selectOptions(screen.getByLabelText('Trip'), 'Never')
    expect(save).toHaveBeenLastCalledWith({
      input: { groups: [{ groupId: 'trip', frequency: 'NEVER' }] },
    })
  })

  it('sets quiet hours, which need a beginning and an end', async () => {
    const save = open({ NotificationSettings: asked() })
    const to = await screen.findByLabelText('To')
    await userEvent.clear(to)
    await userEvent.type(to, '22:00')
    await userEvent.click(screen.getByRole('button', { name: 'Save quiet hours' }))
    expect(await screen.findByText('Choose another time than the beginning.')).toBeInTheDocument()
    expect(save).not.toHaveBeenCalled()
    await userEvent.clear(to)
    await userEvent.type(to, '06:30')
    await userEvent.click(screen.getByRole('button', { name: 'Save quiet hours' }))
    expect(save).toHaveBeenLastCalledWith({
      input: { quietHours: { from: '22:00', to: '06:30' } },
    })
  })

  it('removes quiet hours', async () => {
    const quietHours = { from: '21:00', to: '08:00' }
    const save = open({ NotificationSettings: asked({ quietHours }) })
    expect(await screen.findByLabelText('From')).toHaveValue('21:00')
    await userEvent.click(screen.getByRole('button', { name: 'No quiet hours' }))
    expect(save).toHaveBeenLastCalledWith({ input: { quietHours: null } })
  })

  it('asks nothing more of who wants no mail', async () => {
    const save = open({ NotificationSettings: asked({ mailIsOn: false }) })
    const all = await screen.findByRole('switch', { name: 'Mail about notifications' })
    expect(screen.queryByText('Quiet hours')).toBeNull()
    await userEvent.click(all)
    expect(save).toHaveBeenLastCalledWith({ input: { mailIsOn: true } })
    expect(await screen.findByText('Quiet hours')).toBeInTheDocument()
  })

  it('says when no mail can come', async () => {
    open({ NotificationSettings: asked({}, false) })
    expect(await screen.findByRole('link', { name: 'Confirm yours' })).toHaveAttribute(
      'href',
      '/settings/email',
    )
  })

  it('says when this installation sends none', async () => {
    open({ NotificationSettings: asked({ mailIsSetUp: false }) })
    expect(await screen.findByText('This Quits is not set up to send mail.')).toBeInTheDocument()
  })

  it('shows why a choice was not saved', async () => {
    const SetNotificationSettings = () => refusal('NOT_ALLOWED', 'Not now.')
    open({ NotificationSettings: asked(), SetNotificationSettings })
    await userEvent.selectOptions(await screen.findByLabelText('Reminders to pay'), 'Never')
    expect(await screen.findByRole('alert')).toBeInTheDocument()
  })
})
