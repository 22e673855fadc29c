import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
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
  archivedAt: null,
}

function open(role: 'OWNER' | 'MEMBER', answers: Answers = {}) {
  const group = lisbon()
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
  await userEvent.click(screen.getByRole('button', { name: 'Save settings' }))
  expect(await screen.findByText('Settings saved')).toBeInTheDocument()
  const input = expect.objectContaining({ id: 'g', expectedVersion: 3, name: 'Porto' }) as unknown
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
