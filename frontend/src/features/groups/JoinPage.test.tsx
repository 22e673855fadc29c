import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { stage } from '../../test/answering'
import { JoinPage } from './JoinPage'

const invite = {
  __typename: 'InvitePreview',
  groupName: 'Lisbon',
  kind: 'TRIP',
  memberNames: ['Ada', 'Jonas'],
  guests: [{ __typename: 'InviteGuest', memberId: 'm1', name: 'Jonas' }],
  personal: false,
  claimNeedsApproval: false,
}
const place = { at: '/join#abc', path: '/join' }
const InvitePreview = () => ({ data: { invite } })

function logIn() {
  const session = { accessToken: 'a', refreshToken: 'r', renewAt: Date.now() + 60_000 }
  localStorage.setItem('quits.session', JSON.stringify(session))
}

beforeEach(() => {
  localStorage.clear()
})

describe('JoinPage', () => {
  it('shows a stranger what it is about and leads back here', async () => {
    stage(<JoinPage />, { ...place, answers: { InvitePreview } })
    expect(await screen.findByRole('heading', { name: 'Join “Lisbon”' })).toBeInTheDocument()
    expect(screen.getByText('2 people are in this group')).toBeInTheDocument()
    const link = screen.getByRole('link', { name: 'Create an account to join' })
    expect(link).toHaveAttribute('href', '/register#next=%2Fjoin%23abc')
    expect(screen.queryByRole('button', { name: 'Join group' })).not.toBeInTheDocument()
  })

  it('lets a guest take over the own name', async () => {
    logIn()
    const group = { __typename: 'Group', id: 'g' }
    const JoinGroup = vi.fn(() => ({
      data: { joinGroup: { __typename: 'Member', id: 'm1', group } },
    }))
    const { router } = stage(<JoinPage />, { ...place, answers: { InvitePreview, JoinGroup } })
    await userEvent.click(await screen.findByRole('radio', { name: 'I am Jonas' }))
    await userEvent.click(screen.getByRole('button', { name: 'Join as Jonas' }))
    expect(JoinGroup).toHaveBeenCalledWith({ token: 'abc', claimMemberId: 'm1' })
    expect(router.state.location.pathname).toBe('/groups/g')
  })

  it('asks for the place of a guest where that needs approval', async () => {
    logIn()
    const RequestClaim = vi.fn(() => ({ data: { requestClaim: true } }))
    const answers = {
      InvitePreview: () => ({ data: { invite: { ...invite, claimNeedsApproval: true } } }),
      RequestClaim,
    }
    stage(<JoinPage />, { ...place, answers })
    await userEvent.click(await screen.findByRole('radio', { name: 'I am Jonas' }))
    await userEvent.click(screen.getByRole('button', { name: 'Ask to join as Jonas' }))
    expect(RequestClaim).toHaveBeenCalledExactlyOnceWith({ token: 'abc', memberId: 'm1' })
    expect(await screen.findByText('You have asked to join')).toBeInTheDocument()
  })

  it('joins as somebody new without asking, also where a claim needs approval', async () => {
    logIn()
    const group = { __typename: 'Group', id: 'g' }
    const JoinGroup = vi.fn(() => ({
      data: { joinGroup: { __typename: 'Member', id: 'm2', group } },
    }))
    const answers = {
      InvitePreview: () => ({ data: { invite: { ...invite, claimNeedsApproval: true } } }),
      JoinGroup,
    }
    stage(<JoinPage />, { ...place, answers })
    await userEvent.click(await screen.findByRole('button', { name: 'Join group' }))
    expect(JoinGroup).toHaveBeenCalledExactlyOnceWith({ token: 'abc', claimMemberId: null })
  })

  it('makes the holder of a personal link the guest it is for', async () => {
    logIn()
    const group = { __typename: 'Group', id: 'g' }
    const JoinGroup = vi.fn(() => ({
      data: { joinGroup: { __typename: 'Member', id: 'm1', group } },
    }))
    const answers = {
      InvitePreview: () => ({ data: { invite: { ...invite, personal: true } } }),
      JoinGroup,
    }
    stage(<JoinPage />, { ...place, answers })
    await userEvent.click(await screen.findByRole('button', { name: 'Join as Jonas' }))
    expect(screen.queryByRole('radio')).not.toBeInTheDocument()
    expect(JoinGroup).toHaveBeenCalledExactlyOnceWith({ token: 'abc', claimMemberId: null })
  })

  it('says when the link is dead', async () => {
    stage(<JoinPage />, {
      ...place,
      answers: { InvitePreview: () => ({ data: { invite: null } }) },
    })
    expect(await screen.findByRole('heading', { name: /does not work/ })).toBeInTheDocument()
  })
})
