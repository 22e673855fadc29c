import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../../test/answering'
import { euro } from '../../../test/expense'
import { contextOf, lisbon } from '../../../test/group'
import { Reminders } from './Reminders'

const ref = (id: string) => ({ __typename: 'Member', id }) as const

/** A server on which Ben is to pay Ada, seen by one of the two. */
function open(viewer: 'ada' | 'ben', answers: Answers, state: { at?: string; muted?: string[] }) {
  const GroupReminders = () => ({
    data: {
      group: {
        __typename: 'Group',
        id: 'g',
        settlement: {
          __typename: 'Settlement',
          transfers: [
            {
              __typename: 'Transfer',
              from: ref('ben'),
              to: ref('ada'),
              amount: euro('50.00'),
              remindedAt: state.at ?? null,
            },
          ],
        },
        mutedReminders: (state.muted ?? []).map(ref),
      },
    },
  })
  const group = { ...lisbon(), viewerMember: ref(viewer) }
  return stage(<Reminders {...contextOf(group)} />, { answers: { GroupReminders, ...answers } })
}

const button = () => screen.findByRole('button', { name: 'Remind Ben' })

describe('Reminders', () => {
  it('reminds a debtor, and offers that no more on the same day', async () => {
    const state: { at?: string } = {}
    const Remind = vi.fn(() => {
      state.at = new Date().toISOString()
      return { data: { remind: true } }
    })
    open('ada', { Remind }, state)
    await userEvent.click(await button())
    expect(await screen.findByText('Ben is reminded')).toBeInTheDocument()
    expect(Remind).toHaveBeenCalledExactlyOnceWith({ groupId: 'g', memberId: 'ben' })
    expect(await screen.findByText(/· reminded/)).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: 'Remind Ben' })).not.toBeInTheDocument()
  })

  it('says so when that was done already', async () => {
    open('ada', { Remind: () => refusal('RATE_LIMITED', 'You have reminded this member.') }, {})
    await userEvent.click(await button())
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You have reminded Ben within the last day already.',
    )
  })

  it('lets a debtor mute and hear somebody again', async () => {
    const state = { muted: [] as string[] }
    const MuteReminders = vi.fn(({ muted }: Record<string, unknown>) => {
      state.muted = muted ? ['ada'] : []
      return { data: { muteReminders: true } }
    })
    open('ben', { MuteReminders }, state)
    const wanted = await screen.findByRole('switch', { name: 'Reminders from Ada' })
    expect(wanted).toBeChecked()
    await userEvent.click(wanted)
    expect(await screen.findByText('You get none. Ada is not told.')).toBeInTheDocument()
    expect(MuteReminders).toHaveBeenLastCalledWith({ groupId: 'g', memberId: 'ada', muted: true })
    await userEvent.click(screen.getByRole('switch', { name: 'Reminders from Ada' }))
    expect(MuteReminders).toHaveBeenLastCalledWith({ groupId: 'g', memberId: 'ada', muted: false })
    expect(screen.queryByRole('button', { name: /Remind/ })).not.toBeInTheDocument()
  })
})
