import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { jpegDataUrl } from '../../../lib/photo'
import { DeleteAccountPage, DevicesPage, PasswordPage, ProfilePage } from '.'

vi.mock('../../../lib/photo', () => ({ jpegDataUrl: vi.fn() }))

const ada = {
  __typename: 'User',
  id: 'ada',
  name: 'Ada',
  email: 'ada@example.org',
  avatarUrl: null,
  defaultCurrency: 'EUR',
  locale: 'en-GB',
  timeZone: 'Europe/Vienna',
}
const Me = () => ({ data: { me: ada } })
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))

describe('ProfilePage', () => {
  it('saves what was changed, and keeps the region of the language', async () => {
    const UpdateProfile = vi.fn(() => ({ data: { updateProfile: { ...ada, name: 'Ada L.' } } }))
    const { router } = stage(<ProfilePage />, { answers: { Me, UpdateProfile } })
    const name = await screen.findByLabelText('Name')
    await userEvent.clear(name)
    await userEvent.type(name, ' Ada L. ')
    await userEvent.selectOptions(screen.getByLabelText('Your currency'), 'CHF')
    await userEvent.selectOptions(screen.getByLabelText('Time zone'), 'Europe/Lisbon')
    await press('Save profile')
    expect(await screen.findByText('Profile saved')).toBeInTheDocument()
    expect(UpdateProfile).toHaveBeenCalledExactlyOnceWith({
      input: {
        name: 'Ada L.',
        avatarUrl: null,
        defaultCurrency: 'CHF',
        timeZone: 'Europe/Lisbon',
        locale: 'en-GB',
      },
    })
    expect(router.state.location.pathname).toBe('/settings')
  })

  it('speaks another language as soon as it is saved', async () => {
    const UpdateProfile = vi.fn(() => ({ data: { updateProfile: { ...ada, locale: 'de' } } }))
    stage(<ProfilePage />, { answers: { Me, UpdateProfile } })
    await userEvent.selectOptions(await screen.findByLabelText('Language'), 'Deutsch')
    await press('Save profile')
    expect(await screen.findByLabelText('Sprache')).toHaveValue('de')
  })

  it('sends a chosen picture, and removes it again', async () => {
    const picture = 'data:image/jpeg;base64,AAAA'
    vi.mocked(jpegDataUrl).mockResolvedValueOnce(picture)
    const UpdateProfile = vi.fn(() => ({ data: { updateProfile: { ...ada, avatarUrl: picture } } }))
    stage(<ProfilePage />, { answers: { Me, UpdateProfile } })
    const file = new File(['a photo'], 'ada.png', { type: 'image/png' })
    await userEvent.upload(await screen.findByLabelText('Choose a picture'), file)
    await screen.findByRole('button', { name: 'Remove the picture' })
    await press('Save profile')
    const sent = (avatarUrl: string | null) => ({
      input: expect.objectContaining({ avatarUrl }) as unknown,
    })
    expect(UpdateProfile).toHaveBeenLastCalledWith(sent(picture))
    await press('Remove the picture')
    await press('Save profile')
    expect(UpdateProfile).toHaveBeenLastCalledWith(sent(null))
  })

  it('says that a file is no picture', async () => {
    vi.mocked(jpegDataUrl).mockRejectedValueOnce(new Error('no picture'))
    stage(<ProfilePage />, { answers: { Me } })
    const file = new File(['text'], 'ada.png', { type: 'image/png' })
    await userEvent.upload(await screen.findByLabelText('Choose a picture'), file)
    expect(await screen.findByText(/not a picture that can be read/)).toBeInTheDocument()
  })

  it('shows a refusal at its field', async () => {
    const UpdateProfile = () => refusal('VALIDATION', 'Too long.', 'input.name')
    stage(<ProfilePage />, { answers: { Me, UpdateProfile } })
    await screen.findByLabelText('Name')
    await press('Save profile')
    expect(await screen.findByText('Too long.')).toBeInTheDocument()
    expect(screen.getByLabelText('Name')).toHaveAccessibleDescription('Too long.')
  })
})

describe('PasswordPage', () => {
  async function change(answers: Answers) {
    stage(<PasswordPage />, { answers })
    await userEvent.type(screen.getByLabelText('Your password now'), 'the old one')
    await userEvent.type(screen.getByLabelText('New password'), 'a much longer one')
    await press('Change password')
  }

  it('changes it with the present one', async () => {
    const ChangePassword = vi.fn(() => ({ data: { changePassword: true } }))
    await change({ ChangePassword })
    expect(await screen.findByText(/^Password changed/)).toBeInTheDocument()
    expect(ChangePassword).toHaveBeenCalledWith({
      current: 'the old one',
      new: 'a much longer one',
    })
  })

  it.each([
    ['Your password now', refusal('BAD_CREDENTIALS', 'Wrong.'), 'This is not your password.'],
    ['New password', refusal('VALIDATION', 'Too short.', 'new'), 'Too short.'],
  ])('says at "%s" what is wrong', async (label, answer, sentence) => {
    await change({ ChangePassword: () => answer })
    expect(await screen.findByText(sentence)).toBeInTheDocument()
    expect(screen.getByLabelText(label)).toHaveAccessibleDescription(sentence)
  })
})

describe('DevicesPage', () => {
  const session = (id: string, device: string, current = false) => ({
    __typename: 'Session',
    id,
    device,
    createdAt: '2026-11-01T08:00:00Z',
    lastSeenAt: '2026-11-22T09:30:00Z',
    current,
  })
  const all = [session('phone', 'Chrome on Android'), session('here', 'Firefox on Linux', true)]
  const answer = (sessions: typeof all) => ({
    data: { me: { __typename: 'User', id: 'ada', sessions } },
  })

  it('lists this device first, and ends another one', async () => {
    let open = all
    const EndSession = vi.fn(({ id }: Record<string, unknown>) => {
      open = open.filter((each) => each.id !== id)
      return { data: { endSession: true } }
    })
    stage(<DevicesPage />, { answers: { Sessions: () => answer(open), EndSession } })
    const list = await screen.findByRole('list', { name: 'Devices' })
    const [here, phone] = within(list).getAllByRole('listitem')
    expect(here).toHaveTextContent('This device')
    expect(within(here!).queryByRole('button')).not.toBeInTheDocument()
    await userEvent.click(
      within(phone!).getByRole('button', { name: 'Sign out Chrome on Android' }),
    )
    expect(await screen.findByText('Chrome on Android is signed out')).toBeInTheDocument()
    expect(EndSession).toHaveBeenCalledExactlyOnceWith({ id: 'phone' })
    expect(within(list).getAllByRole('listitem')).toHaveLength(1)
    expect(screen.queryByRole('button', { name: /all other devices/ })).not.toBeInTheDocument()
  })

  it('ends all others at once', async () => {
    const EndOtherSessions = vi.fn(() => ({ data: { endOtherSessions: true } }))
    stage(<DevicesPage />, { answers: { Sessions: () => answer(all), EndOtherSessions } })
    await userEvent.click(await screen.findByRole('button', { name: 'Sign out all other devices' }))
    expect(await screen.findByText('All other devices are signed out')).toBeInTheDocument()
    expect(EndOtherSessions).toHaveBeenCalledOnce()
  })
})

describe('DeleteAccountPage', () => {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
  const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt: inAnHour }

  it('deletes nothing without the right password', async () => {
    const DeleteAccount = () => refusal('BAD_CREDENTIALS', 'Wrong.')
    const { session } = stage(<DeleteAccountPage />, { answers: { DeleteAccount } })
    session.start(tokens)
    await press('Delete my account for good')
    expect(await screen.findByText('This is needed.')).toBeInTheDocument()
    await userEvent.type(screen.getByLabelText('Your password'), 'guess')
    await press('Delete my account for good')
    expect(await screen.findByText('This is not your password.')).toBeInTheDocument()
    expect(session.active()).toBe(true)
  })

  it('signs out once it is done', async () => {
    const DeleteAccount = vi.fn(() => ({ data: { deleteAccount: true } }))
    const { session } = stage(<DeleteAccountPage />, { answers: { DeleteAccount } })
    session.start(tokens)
    await userEvent.type(screen.getByLabelText('Your password'), 'correct horse')
    await press('Delete my account for good')
    expect(await screen.findByText('Your account is deleted')).toBeInTheDocument()
    expect(DeleteAccount).toHaveBeenCalledWith({ password: 'correct horse' })
    expect(session.active()).toBe(false)
  })
})
