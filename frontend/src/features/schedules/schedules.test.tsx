import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage } from '../../test/answering'
import { dinner, entered } from '../../test/expense'
import { contextOf } from '../../test/group'
import { RepeatDialog } from './RepeatDialog'
import { ScheduleList } from './ScheduleList'

const percent = [
  { memberId: 'ada', percent: '60.00' },
  { memberId: 'ben', percent: '40.00' },
]
const expense = dinner({ splitMode: 'PERCENT', splitInput: entered({ percent }) })
const ExpenseToRepeat = () => ({ data: { expense } })

describe('RepeatDialog', () => {
  const open = (CreateSchedule: () => ReturnType<typeof refusal>) =>
    stage(<RepeatDialog {...contextOf()} />, {
      answers: { ExpenseToRepeat, CreateSchedule },
      at: '/?dialog=repeat&expense=e',
    })

  it('has an expense entered again, paid and split as it is', async () => {
    const answer = { data: { createSchedule: { __typename: 'Schedule', id: 's' } } }
    const CreateSchedule = vi.fn(() => answer)
    open(CreateSchedule)
    await userEvent.selectOptions(await screen.findByLabelText('Unit'), 'WEEKLY')
    await userEvent.selectOptions(screen.getByLabelText('Every'), '2')
    expect(screen.getByLabelText('First on')).toHaveValue('2026-12-04')
    await userEvent.click(screen.getByRole('button', { name: 'Repeat' }))
    expect(await screen.findByText('Every 2 weeks')).toBeInTheDocument()
    const input = expect.objectContaining({
      groupId: 'g',
      description: 'Dinner',
      total: { amount: '100.00', currency: 'EUR' },
      payers: [{ memberId: 'ada', amount: '100.00' }],
      split: { percent },
      date: '2026-12-04',
      frequency: 'WEEKLY',
      every: 2,
      until: null,
    }) as unknown
    expect(CreateSchedule).toHaveBeenCalledExactlyOnceWith({ input })
  })

  it('shows a refusal at its field', async () => {
    open(() => refusal('VALIDATION', 'That is before the first day.', 'input.until'))
    await screen.findByLabelText(/Until/)
    await userEvent.click(screen.getByRole('button', { name: 'Repeat' }))
    expect(await screen.findByText('That is before the first day.')).toBeInTheDocument()
  })
})

describe('ScheduleList', () => {
  const rent = {
    __typename: 'Schedule',
    id: 's',
    description: 'Rent',
    total: { __typename: 'Money', amount: '900.00', currency: 'EUR' },
    frequency: 'MONTHLY',
    every: 1,
    until: null,
    status: 'ACTIVE',
    problem: null,
    nextDate: '2026-12-01',
    version: 3,
  }

  it('tells what recurs and when, and pauses it', async () => {
    let status = 'ACTIVE'
    const Schedules = () => {
      const schedules = [{ ...rent, status }]
      return { data: { group: { __typename: 'Group', id: 'g', schedules } } }
    }
    const PauseSchedule = vi.fn(() => {
      status = 'PAUSED'
      return { data: { pauseSchedule: { ...rent, status } } }
    })
    stage(<ScheduleList groupId="g" />, { answers: { Schedules, PauseSchedule } })
    expect(await screen.findByText(/next on Tuesday.*2026/)).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }))
    expect(PauseSchedule).toHaveBeenCalledExactlyOnceWith({ id: 's', expectedVersion: 3 })
    expect(await screen.findByRole('button', { name: 'Go on' })).toBeInTheDocument()
  })
})
