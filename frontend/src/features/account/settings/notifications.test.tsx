import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { NotificationSettingsPage } from '.'

const KINDS = [
  'EXPENSES',
  'COMMENTS',
  'PAYMENTS',
  'REMINDERS',
  'MEMBERS',
  'BUDGETS',
  'FRIENDS',
  'IMPORTS',
]

interface Choices {
  mailIsSetUp: boolean
  mailIsOn: boolean
  pushKey: string | null
  quietHours: { from: string; to: string } | null
}

const settings = (choices: Partial<Choices> = {}) => ({
  __typename: 'NotificationSettings',
  mailIsSetUp: true,
  mailIsOn: true,
  pushKey: null,
  kinds: KINDS.map((kind) => ({
    __typename: 'KindSetting',
    kind,
    frequency: 'DAILY',
    onDevices: true,
  })),
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
    const expenses = await screen.findByRole('group', { name: 'Expenses you have a part in' })
    expect(within(expenses).queryByRole('switch')).toBeNull()
    await userEvent.selectOptions(within(expenses).getByLabelText('By mail'), 'At once')
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
    const reminders = await screen.findByRole('group', { name: 'Reminders to pay' })
    await userEvent.selectOptions(within(reminders).getByLabelText('By mail'), 'Never')
    expect(await screen.findByRole('alert')).toBeInTheDocument()
  })
})

const DEVICE = {
  endpoint: 'https://push.example/ada',
  toJSON: () => ({ keys: { p256dh: 'a key', auth: 'a secret' } }),
  unsubscribe: vi.fn(() => Promise.resolve(true)),
}

/** A browser that can show notifications, and asks the person for permission. */
function browser(permission: NotificationPermission) {
  let subscription: typeof DEVICE | null = null
  const pushManager = {
    getSubscription: () => Promise.resolve(subscription),
    subscribe: vi.fn(() => Promise.resolve((subscription = DEVICE))),
  }
  DEVICE.unsubscribe.mockImplementation(() => {
    subscription = null
    return Promise.resolve(true)
  })
  const worker = { pushManager }
  vi.stubGlobal('PushManager', vi.fn())
  vi.stubGlobal('Notification', { requestPermission: () => Promise.resolve(permission) })
  const registered = Promise.resolve(worker)
  const serviceWorker = { ready: registered, getRegistration: () => registered }
  vi.stubGlobal('navigator', Object.create(navigator, { serviceWorker: { value: serviceWorker } }))
  return pushManager
}

describe('notifications on this device', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  const saved = (field: string) =>
    vi.fn(() => ({ data: { [field]: settings({ pushKey: 'key' }) } }))

  it('are turned on and off', async () => {
    const { subscribe } = browser('granted')
    const AddPushDevice = saved('addPushDevice')
    const RemovePushDevice = saved('removePushDevice')
    open({ NotificationSettings: asked({ pushKey: 'key' }), AddPushDevice, RemovePushDevice })
    const here = await screen.findByRole('switch', { name: 'Notifications on this device' })
    await vi.waitFor(() => {
      expect(here).toBeEnabled()
    })
    await userEvent.click(here)
    await vi.waitFor(() => {
      expect(here).toBeChecked()
    })
    expect(subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: 'key' })
    expect(AddPushDevice).toHaveBeenCalledWith({
      input: { endpoint: DEVICE.endpoint, p256dh: 'a key', auth: 'a secret', locale: 'en' },
    })
    await userEvent.click(here)
    await vi.waitFor(() => {
      expect(here).not.toBeChecked()
    })
    expect(DEVICE.unsubscribe).toHaveBeenCalled()
    expect(RemovePushDevice).toHaveBeenCalledWith({ endpoint: DEVICE.endpoint })
  })

  it('say when the browser does not allow them', async () => {
    browser('denied')
    open({ NotificationSettings: asked({ pushKey: 'key' }) })
    const here = await screen.findByRole('switch', { name: 'Notifications on this device' })
    await vi.waitFor(() => {
      expect(here).toBeEnabled()
    })
    await userEvent.click(here)
    expect(await screen.findByText(/Your browser does not allow them/)).toBeInTheDocument()
    expect(here).not.toBeChecked()
  })

  it('say when the browser has none', async () => {
    open({ NotificationSettings: asked({ pushKey: 'key' }) })
    expect(await screen.findByText(/This browser cannot show notifications/)).toBeInTheDocument()
  })

  it('can be chosen for each kind, also without mail', async () => {
    const save = open({ NotificationSettings: asked({ pushKey: 'key', mailIsOn: false }) })
    const comments = await screen.findByRole('group', {
      name: 'Comments on your expenses, and those that mention you',
    })
    expect(within(comments).queryByLabelText('By mail')).toBeNull()
    await userEvent.click(within(comments).getByRole('switch', { name: 'On devices' }))
    expect(save).toHaveBeenLastCalledWith({
      input: { kinds: [{ kind: 'COMMENTS', onDevices: false }] },
    })
  })
})
