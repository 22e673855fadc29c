import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { stage, type Answers } from '../../../test/answering'
import { contextOf, lisbon } from '../../../test/group'
import type { GroupContext } from '../useGroup'
import { Claims } from './Claims'

const request = {
  __typename: 'ClaimRequest',
  id: 'r',
  guest: { __typename: 'Member', id: 'jonas', name: 'Jonas' },
  name: 'Joe',
  requestedAt: '2026-11-22T09:30:00Z',
}

/** Lisbon as its owner sees it, or a plain member. */
function context(role: 'OWNER' | 'MEMBER'): GroupContext {
  const group = lisbon()
  const [ada, ...others] = group.members
  return contextOf({ ...group, members: [{ ...ada!, role }, ...others] })
}

function open(
  state: { requests: (typeof request)[]; until: string | null },
  answers: Answers,
  role: 'OWNER' | 'MEMBER' = 'OWNER',
) {
  const GroupClaims = () => ({
    data: {
      group: {
        __typename: 'Group',
        id: 'g',
        claimRequests: state.requests,
        members: [
          { __typename: 'Member', id: 'ada', claimUndoableUntil: null },
          { __typename: 'Member', id: 'ben', claimUndoableUntil: state.until },
        ],
      },
    },
  })
  return stage(<Claims />, {
    answers: { GroupClaims, ...answers },
    context: context(role),
  })
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

describe('Claims', () => {
  it('lets somebody take the place that they asked for', async () => {
    const state = { requests: [request], until: null }
    const ApproveClaim = vi.fn(() => {
      state.requests = []
      return { data: { approveClaim: { __typename: 'Member', id: 'jonas' } } }
    })
    open(state, { ApproveClaim })
    expect(await screen.findByRole('listitem')).toHaveTextContent('Joe says to be Jonas')
    await press('Approve')
    expect(ApproveClaim).toHaveBeenCalledExactlyOnceWith({ id: 'r' })
    expect(await screen.findByText('Joe is in the group now')).toBeInTheDocument()
    expect(screen.queryByRole('region', { name: 'Places of guests' })).not.toBeInTheDocument()
  })

  it('turns it down', async () => {
    const state = { requests: [request], until: null }
    const DeclineClaim = vi.fn(() => {
      state.requests = []
      return { data: { declineClaim: { __typename: 'Group', id: 'g' } } }
    })
    open(state, { DeclineClaim })
    await press('Decline')
    expect(DeclineClaim).toHaveBeenCalledExactlyOnceWith({ id: 'r' })
    expect(await screen.findByText('Declined')).toBeInTheDocument()
  })

  it('undoes a claim only once that is confirmed', async () => {
    const state = { requests: [], until: '2026-11-29T12:00:00Z' as string | null }
    const UndoClaim = vi.fn(() => {
      state.until = null
      return { data: { undoClaim: { __typename: 'Member', id: 'ben' } } }
    })
    open(state, { UndoClaim })
    await press('Undo: Ben')
    expect(UndoClaim).not.toHaveBeenCalled()
    const question = within(await screen.findByRole('dialog'))
    await userEvent.click(question.getByRole('button', { name: 'Undo' }))
    expect(UndoClaim).toHaveBeenCalledExactlyOnceWith({ memberId: 'ben' })
    expect(await screen.findByText("The place is a guest's again")).toBeInTheDocument()
  })

  it('offers a plain member nothing', async () => {
    const GroupClaims = vi.fn(() => ({
      data: {
        group: {
          __typename: 'Group',
          id: 'g',
          claimRequests: [],
          members: [
            { __typename: 'Member', id: 'ben', claimUndoableUntil: '2026-11-29T12:00:00Z' },
          ],
        },
      },
    }))
    stage(<Claims />, { answers: { GroupClaims }, context: context('MEMBER') })
    await vi.waitFor(() => {
      expect(GroupClaims).toHaveBeenCalled()
    })
    expect(screen.queryByRole('listitem')).not.toBeInTheDocument()
  })
})
