import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { contextOf, lisbon } from '../../../test/group'
import { GroupSettings } from './GroupSettings'

const settings = {
  __typename: 'Group',
  id: 'g',
  version: 3,
  name: 'Lisbon',
  description: null,
  kind: 'TRIP',
  currency: 'EUR',
  simplify: true,
  approveClaims: false,
  expenseEditing: 'ALL',
  timeZone: 'Europe/Lisbon',
  archivedAt: null,
}

function open(role: 'OWNER' | 'ADMIN' | 'MEMBER', answers: Answers = {}, group = lisbon()) {
  const [ada, ...others] = group.members
  const members = [{ ...ada!, role }, ...others]
  const GroupSettingsPage = () => ({ data: { group: settings } })
  const context = contextOf({ ...group, members })
  return stage(<GroupSettings />, { answers: { GroupSettingsPage, ...answers }, context })
}

it('saves the settings for the version that was looked at', async () => {
  const UpdateGroup = vi.fn(() => ({ data: { updateGroup: { ...settings, version: 4 } } }))
  open('OWNER', { UpdateGroup })
  const name = await screen.findByLabelText('Name')
  await userEvent.clear(name)
  await userEvent.type(name, 'Porto')
  await userEvent.selectOptions(screen.getByLabelText('Who may change an expense'), 'OWN')
  await userEvent.selectOptions(screen.getByLabelText('Time zone'), 'Europe/Vienna')
  await userEvent.click(screen.getByRole('button', { name: 'Save settings' }))
  expect(await screen.findByText('Settings saved')).toBeInTheDocument()
  const changes = { name: 'Porto', expenseEditing: 'OWN', timeZone: 'Europe/Vienna' }
  const input = expect.objectContaining({ id: 'g', expectedVersion: 3, ...changes }) as unknown
  expect(UpdateGroup).toHaveBeenCalledWith({ input })
})

it('offers a plain member neither settings nor power over others', async () => {
  open('MEMBER')
  expect(await screen.findByRole('button', { name: 'Leave the group' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Save settings' })).not.toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Actions for Ben' })).not.toBeInTheDocument()
})

it('removes a member only once it is confirmed, and says why it was refused', async () => {
  const RemoveMember = vi.fn(() => refusal('NOT_ALLOWED', 'Only an owner can.'))
  open('OWNER', { RemoveMember })
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for Ben' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove from the group' }))
  expect(RemoveMember).not.toHaveBeenCalled()
  await userEvent.click(await screen.findByRole('button', { name: 'Remove' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Only an owner can.')
  expect(RemoveMember).toHaveBeenCalledWith({ memberId: 'ben' })
})

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

/** Chooses what is to be done about somebody. */
async function choose(name: string, action: string) {
  await press(`Actions for ${name}`)
  await userEvent.click(await screen.findByRole('menuitem', { name: action }))
}

/** Lisbon, where Ben has this role, or is a guest. */
function withBen(changes: Record<string, unknown>) {
  const group = lisbon()
  const [ada, ben] = group.members
  return { ...group, members: [ada!, { ...ben!, ...changes }] } as typeof group
}

it.each([
  ['MEMBER', 'Make admin', 'ADMIN'],
  ['ADMIN', 'Make plain member', 'MEMBER'],
])('changes the role of a %s at once: %s', async (before, action, role) => {
  const changed = { __typename: 'Member', id: 'ben', role }
  const ChangeRole = vi.fn(() => ({ data: { changeRole: changed } }))
  open('OWNER', { ChangeRole }, withBen({ role: before }))
  await choose('Ben', action)
  expect(ChangeRole).toHaveBeenCalledExactlyOnceWith({ memberId: 'ben', role })
})

it('hands the group over only once it is confirmed', async () => {
  const member = { __typename: 'Member', id: 'ben', role: 'OWNER' }
  const HandOverGroup = vi.fn(() => ({ data: { handOverGroup: member } }))
  open('OWNER', { HandOverGroup })
  await choose('Ben', 'Make owner')
  expect(HandOverGroup).not.toHaveBeenCalled()
  await press('Make owner')
  expect(await screen.findByText('Ben is the owner now')).toBeInTheDocument()
  expect(HandOverGroup).toHaveBeenCalledExactlyOnceWith({ memberId: 'ben' })
})

it('lists a guest who was removed only if something was entered with them', async () => {
  const left = { isGuest: true, user: null, state: 'LEFT' }
  const { unmount } = open('OWNER', {}, withBen(left))
  expect(await screen.findByText('has left')).toBeInTheDocument()
  unmount()
  const group = withBen(left)
  const balances = group.balances?.filter(({ member }) => member.id !== 'ben') ?? []
  open('OWNER', {}, { ...group, balances })
  expect(await screen.findByText('Ada')).toBeInTheDocument()
  expect(screen.queryByText('has left')).not.toBeInTheDocument()
})

it('renames a guest', async () => {
  const member = { __typename: 'Member', id: 'ben', name: 'Benno' }
  const RenameGuest = vi.fn(() => ({ data: { renameGuest: member } }))
  open('MEMBER', { RenameGuest }, withBen({ isGuest: true, user: null }))
  await choose('Ben', 'Rename')
  const dialog = within(await screen.findByRole('dialog', { name: 'Rename a guest' }))
  await userEvent.clear(dialog.getByLabelText('Name'))
  await userEvent.type(dialog.getByLabelText('Name'), ' Benno ')
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }))
  expect(RenameGuest).toHaveBeenCalledExactlyOnceWith({ memberId: 'ben', name: 'Benno' })
})

it('archives, and restores what is archived', async () => {
  const archived = { ...settings, version: 4, archivedAt: '2026-11-22T09:30:00Z' }
  const ArchiveGroup = vi.fn(() => ({ data: { archiveGroup: archived } }))
  const { unmount } = open('ADMIN', { ArchiveGroup })
  await press('Archive')
  expect(await screen.findByText('Archived')).toBeInTheDocument()
  expect(ArchiveGroup).toHaveBeenCalledExactlyOnceWith({ id: 'g' })
  unmount()

  const GroupSettingsPage = () => ({ data: { group: archived } })
  const RestoreGroup = vi.fn(() => ({ data: { restoreGroup: settings } }))
  open('ADMIN', { GroupSettingsPage, RestoreGroup })
  await press('Restore')
  expect(await screen.findByText('Restored')).toBeInTheDocument()
  expect(RestoreGroup).toHaveBeenCalledExactlyOnceWith({ id: 'g' })
})

it('says what stays open, and leaves only once it is confirmed', async () => {
  const LeaveGroup = vi.fn(() => ({ data: { leaveGroup: true } }))
  const { router } = open('MEMBER', { LeaveGroup })
  await press('Leave the group')
  expect(await screen.findByRole('dialog')).toHaveTextContent('Your balance is open')
  expect(LeaveGroup).not.toHaveBeenCalled()
  await press('Leave')
  expect(await screen.findByText('You have left Lisbon')).toBeInTheDocument()
  expect(LeaveGroup).toHaveBeenCalledExactlyOnceWith({ groupId: 'g', force: true })
  expect(router.state.location.pathname).toBe('/')
})

describe('open links', () => {
  const ref = (id: string) => ({ __typename: 'Member', id })
  const invite = (id: string, changes: Record<string, unknown> = {}) => ({
    __typename: 'OpenInvite',
    id,
    createdBy: ref('ben'),
    expiresAt: '2099-01-01T12:00:00Z',
    maxUses: null,
    uses: 0,
    guest: null,
    ...changes,
  })
  const listing = (invites: unknown[]) => () => ({
    data: { group: { __typename: 'Group', id: 'g', invites } },
  })
  const rows = async () => within(await screen.findByRole('list', { name: 'Open links' }))

  it('says whose they are and how often they were used', async () => {
    const invites = [
      invite('one', { createdBy: ref('ada'), uses: 3 }),
      invite('two', { maxUses: 5, uses: 2 }),
      invite('three', { guest: ref('ben'), maxUses: 1 }),
    ]
    open('OWNER', { GroupInvites: listing(invites) })
    const texts = (await rows()).getAllByRole('listitem').map((row) => row.textContent)
    expect(texts[0]).toMatch(/^Your link.*used 3 times/)
    expect(texts[1]).toMatch(/^Link of Ben.*used 2 of 5 times/)
    expect(texts[2]).toMatch(/^Personal link of Ben.*used 0 of 1 time/)
  })

  it('are withdrawn by the owner, and gone then', async () => {
    let invites = [invite('one')]
    const RevokeInvite = vi.fn(() => {
      invites = []
      return { data: { revokeInvite: true } }
    })
    open('OWNER', { GroupInvites: () => listing(invites)(), RevokeInvite })
    await press('Withdraw: Link of Ben')
    expect(await screen.findByText('The link does not work any more')).toBeInTheDocument()
    expect(RevokeInvite).toHaveBeenCalledExactlyOnceWith({ id: 'one' })
    expect(screen.queryByRole('list', { name: 'Open links' })).not.toBeInTheDocument()
  })

  it("of others are not a plain member's to withdraw", async () => {
    const invites = [invite('one'), invite('two', { createdBy: ref('ada') })]
    open('MEMBER', { GroupInvites: listing(invites) })
    const buttons = (await rows()).getAllByRole('button')
    expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual([
      'Withdraw: Your link',
    ])
  })
})
