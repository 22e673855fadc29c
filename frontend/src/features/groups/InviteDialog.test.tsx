import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../test/answering'
import { contextOf, lisbon } from '../../test/group'
import { InviteDialog } from './InviteDialog'

const made = vi.fn()

/** A server whose links are numbered; the ones withdrawn do not work. */
function server(dead: string[] = [], expiresAt = '2099-01-01T00:00:00Z'): Answers {
  return {
    CreateInvite: () => {
      made()
      const token = `t${made.mock.calls.length}`
      const invite = { id: token, token, url: `https://quits.example/join#${token}` }
      const createInvite = { __typename: 'Invite', ...invite, expiresAt }
      return { data: { createInvite } }
    },
    InvitePreview: ({ token }) => ({
      data: {
        invite: dead.includes(token as string)
          ? null
          : {
              __typename: 'InvitePreview',
              groupName: 'Flat',
              kind: 'HOME',
              memberNames: [],
              guests: [],
            },
      },
    }),
    RevokeInvite: () => ({ data: { revokeInvite: true } }),
  }
}

const open = (answers: Answers) => stage(<InviteDialog {...contextOf(lisbon())} />, { answers })
const link = () => screen.findByLabelText('Invite link')

beforeEach(() => {
  made.mockClear()
})

describe('InviteDialog', () => {
  it('shows a link to send and to scan', async () => {
    open(server())
    expect(await link()).toHaveValue('https://quits.example/join#t1')
    expect(screen.getByRole('img', { name: 'Scan to join' })).toBeInTheDocument()
  })

  it('offers the same link again while it works', async () => {
    const { unmount } = open(server())
    await link()
    unmount()
    open(server())
    expect(await link()).toHaveValue('https://quits.example/join#t1')
    expect(made).toHaveBeenCalledTimes(1)
  })

  it('makes a new link when somebody else has withdrawn it', async () => {
    const { unmount } = open(server())
    await link()
    unmount()
    open(server(['t1']))
    expect(await link()).toHaveValue('https://quits.example/join#t2')
  })

  it('makes a new link when the last one has expired', async () => {
    const { unmount } = open(server([], '2020-01-01T00:00:00Z'))
    await link()
    unmount()
    open(server())
    expect(await link()).toHaveValue('https://quits.example/join#t2')
  })

  it('withdraws the link, and does not offer it again', async () => {
    const { unmount } = open(server())
    await link()
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw this link' }))
    expect(await screen.findByText('The link does not work any more')).toBeInTheDocument()
    unmount()
    open(server())
    expect(await link()).toHaveValue('https://quits.example/join#t2')
  })

  it('makes another link for other limits, and shows the first one again when they are back', async () => {
    const CreateInvite = vi.fn(server().CreateInvite)
    open({ ...server(), CreateInvite })
    await link()
    await userEvent.selectOptions(screen.getByLabelText('Lets in'), 'one person')
    await userEvent.selectOptions(await screen.findByLabelText('Works for'), 'a day')
    expect(await link()).toHaveValue('https://quits.example/join#t3')
    const limits = (expiresInHours: number, maxUses: number | null) => ({
      groupId: 'g',
      guestId: null,
      expiresInHours,
      maxUses,
    })
    expect(CreateInvite.mock.calls.map(([variables]) => variables)).toEqual([
      limits(168, null),
      limits(168, 1),
      limits(24, 1),
    ])
    await userEvent.selectOptions(screen.getByLabelText('Works for'), 'a week')
    expect(await link()).toHaveValue('https://quits.example/join#t2')
  })

  it('says why a link cannot be withdrawn, and keeps it', async () => {
    open({ ...server(), RevokeInvite: () => refusal('NOT_ALLOWED', 'Only its maker can.') })
    await link()
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw this link' }))
    await waitFor(() => {
      expect(screen.getByRole('alert')).toHaveTextContent('Only its maker can.')
    })
    expect(await link()).toBeInTheDocument()
  })
})
