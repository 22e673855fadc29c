import { screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { stage } from '../../test/answering'
import { contextOf, lisbon } from '../../test/group'
import { InviteDialog } from './InviteDialog'

const inviteUntil = (expiresAt: string) => ({
  data: {
    createInvite: {
      __typename: 'Invite',
      id: 'i',
      token: 't',
      url: 'https://quits.example/join/t',
      expiresAt,
    },
  },
})
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

async function openTwice(group: string, expiresAt: string) {
  const CreateInvite = vi.fn(() => inviteUntil(expiresAt))
  for (let times = 0; times < 2; times++) {
    const { unmount } = stage(<InviteDialog {...contextOf(lisbon({ id: group }))} />, {
      answers: { CreateInvite },
    })
    expect(await screen.findByLabelText('Invite link')).toHaveValue('https://quits.example/join/t')
    unmount()
  }
  return CreateInvite
}

it('shows the same link again instead of making another', async () => {
  expect(await openTwice('kept', inDays(7))).toHaveBeenCalledOnce()
})

it('makes a new link when the last one has expired', async () => {
  expect(await openTwice('expired', inDays(-1))).toHaveBeenCalledTimes(2)
})
