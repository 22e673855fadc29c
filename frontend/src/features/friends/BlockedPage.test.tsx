import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { stage } from '../../test/answering'
import { BlockedPage } from './BlockedPage'

const ben = { __typename: 'User', id: 'ben', name: 'Ben' }

describe('BlockedPage', () => {
  it('lists whom the viewer has blocked, and unblocks them', async () => {
    let blocked = [ben]
    const UnblockUser = vi.fn(() => {
      blocked = []
      return { data: { unblockUser: true } }
    })
    const Blocked = () => ({ data: { me: { __typename: 'User', id: 'ada', blocked } } })
    stage(<BlockedPage />, { answers: { Blocked, UnblockUser } })
    await userEvent.click(await screen.findByRole('button', { name: 'Unblock Ben' }))
    expect(UnblockUser).toHaveBeenCalledExactlyOnceWith({ userId: 'ben' })
    expect(await screen.findByText('Ben can send you requests again')).toBeInTheDocument()
    expect(await screen.findByText('Nobody is blocked')).toBeInTheDocument()
  })
})
