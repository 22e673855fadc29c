import { fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { refusal, stage } from '../../test/answering'
import { dinner, entered, share } from '../../test/expense'
import { contextOf, lisbon } from '../../test/group'
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

  it('ends after so many times', async () => {
    const CreateSchedule = vi.fn(() => refusal('NOT_ALLOWED', 'No.'))
    open(CreateSchedule)
    await userEvent.type(await screen.findByLabelText(/How many times/), '12')
    await userEvent.click(screen.getByRole('button', { name: 'Repeat' }))
    const input = expect.objectContaining({ until: null, count: 12 }) as unknown
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
    category: 'home',
    notes: null,
    payers: [share('ada', '900.00')],
    splitMode: 'EQUAL',
    splitInput: entered({ equal: ['ada', 'ben'] }),
    frequency: 'MONTHLY',
    every: 1,
    until: null,
    count: null,
    status: 'ACTIVE',
    problem: null,
    nextDate: '2026-12-01',
    editable: true,
    version: 3,
  }

  it('offers no change where the group does not let the viewer, and says why', async () => {
    const schedules = [{ ...rent, editable: false }]
    const Schedules = () => ({
      data: { group: { __typename: 'Group', id: 'g', schedules, recurringCost: [] } },
    })
    const group = lisbon({ expenseEditing: 'OWN' })
    stage(<ScheduleList {...contextOf(group)} />, { answers: { Schedules } })
    expect(await screen.findByText('Rent')).toBeInTheDocument()
    expect(screen.getByText(/^Whoever entered it/)).toBeInTheDocument()
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
  })

  it('changes what is still to be entered, from a day on', async () => {
    let row: object = rent
    const UpdateSchedule = vi.fn(() => {
      row = { ...rent, count: 12, version: 4 }
      return { data: { updateSchedule: row } }
    })
    const Schedules = () => ({
      data: { group: { __typename: 'Group', id: 'g', schedules: [row], recurringCost: [] } },
    })
    stage(<ScheduleList {...contextOf()} />, { answers: { Schedules, UpdateSchedule } })
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }))
    const amount = screen.getByLabelText('Amount')
    await userEvent.clear(amount)
    await userEvent.type(amount, '950')
    fireEvent.change(screen.getByLabelText('Changed from'), { target: { value: '2027-01-01' } })
    await userEvent.type(screen.getByLabelText(/How many times/), '12')
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText(/12 times altogether/)).toBeInTheDocument()
    expect(UpdateSchedule).toHaveBeenCalledExactlyOnceWith({
      input: {
        id: 's',
        expectedVersion: 3,
        from: '2027-01-01',
        payers: [{ memberId: 'ada', amount: '950.00' }],
        frequency: 'MONTHLY',
        every: 1,
        until: null,
        count: 12,
        total: { amount: '950.00', currency: 'EUR' },
      },
    })
  })

  it('leaves the total alone where only its name changes', async () => {
    const UpdateSchedule = vi.fn(() => refusal('STALE_VERSION', 'It is at version 4.'))
    const Schedules = () => ({
      data: { group: { __typename: 'Group', id: 'g', schedules: [rent], recurringCost: [] } },
    })
    stage(<ScheduleList {...contextOf()} />, { answers: { Schedules, UpdateSchedule } })
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }))
    await userEvent.type(screen.getByLabelText('What was it for?'), ' and heating')
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('It is at version 4.')).toBeInTheDocument()
    const input = expect.not.objectContaining({ total: expect.anything() as unknown }) as unknown
    expect(UpdateSchedule).toHaveBeenCalledExactlyOnceWith({ input })
  })

  it('changes who pays, and how it is split', async () => {
    const UpdateSchedule = vi.fn(() => ({ data: { updateSchedule: { ...rent, version: 4 } } }))
    const Schedules = () => ({
      data: { group: { __typename: 'Group', id: 'g', schedules: [rent], recurringCost: [] } },
    })
    stage(<ScheduleList {...contextOf()} />, { answers: { Schedules, UpdateSchedule } })
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }))
    await userEvent.click(screen.getByRole('button', { name: /^Paid by/ }))
    await userEvent.selectOptions(screen.getByLabelText('Paid by'), 'ben')
    await userEvent.click(screen.getByRole('button', { name: 'Split equally' }))
    await userEvent.click(screen.getByRole('radio', { name: 'Percent' }))
    await userEvent.type(screen.getByLabelText('You: percent'), '60')
    await userEvent.type(screen.getByLabelText('Ben: percent'), '40')
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
    const percent = [
      { memberId: 'ada', percent: '60.00' },
      { memberId: 'ben', percent: '40.00' },
    ]
    const changes = { payers: [{ memberId: 'ben', amount: '900.00' }], split: { percent } }
    const input = expect.objectContaining({ ...changes, from: '2026-12-01' }) as unknown
    expect(UpdateSchedule).toHaveBeenCalledExactlyOnceWith({ input })
  })

  it('tells what recurs, when and at what cost, and pauses it', async () => {
    const cost = {
      __typename: 'RecurringCost',
      monthly: { __typename: 'Money', amount: '900.00', currency: 'EUR' },
      yearly: { __typename: 'Money', amount: '10800.00', currency: 'EUR' },
    }
    let status = 'ACTIVE'
    const Schedules = () => {
      const schedules = [{ ...rent, status }]
      const recurringCost = status === 'ACTIVE' ? [cost] : []
      return { data: { group: { __typename: 'Group', id: 'g', schedules, recurringCost } } }
    }
    const PauseSchedule = vi.fn(() => {
      status = 'PAUSED'
      return { data: { pauseSchedule: { ...rent, status } } }
    })
    stage(<ScheduleList {...contextOf()} />, { answers: { Schedules, PauseSchedule } })
    expect(await screen.findByText(/next on Tuesday.*2026/)).toBeInTheDocument()
    const average = screen.getByText(/a month on average/)
    expect(average).toHaveTextContent('€900.00 a month on average, €10,800.00 a year')
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }))
    expect(PauseSchedule).toHaveBeenCalledExactlyOnceWith({ id: 's', expectedVersion: 3 })
    expect(await screen.findByRole('button', { name: 'Go on' })).toBeInTheDocument()
    expect(screen.queryByText(/a month on average/)).not.toBeInTheDocument()
  })
})
