import type { ApolloLink } from '@apollo/client'
import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Subject } from 'rxjs'
import { expect, it, vi } from 'vitest'
import { refusal, stage, type Answers } from '../../test/answering'
import { euro } from '../../test/expense'
import { ImportDialog } from './ImportDialog'

const CSV = `Date,Description,Category,Cost,Currency,Ada,Ben
2026-01-15,Groceries,Food,120.00,EUR,60.00,-60.00`

const outcome = {
  __typename: 'ImportPayload',
  group: null as { __typename: string; id: string } | null,
  expenses: 2,
  payments: 1,
  people: ['Ada', 'Ben'],
  computed: [
    { __typename: 'ImportBalance', name: 'Ada', computed: euro('60.00'), expected: null },
    {
      __typename: 'ImportBalance',
      name: 'Ben',
      computed: euro('-60.00'),
      expected: euro('-59.00'),
    },
  ],
  problems: [
    {
      __typename: 'ImportProblem',
      line: 7,
      code: 'NOT_A_DATE',
      facts: [{ __typename: 'Fact', name: 'text', value: '31.02.' }],
      message: 'No.',
    },
  ],
}

const inputs = (call: { mock: { calls: unknown[][] } }) =>
  call.mock.calls.map(([variables]) => (variables as { input: Record<string, unknown> }).input)

async function choose(answers: Answers, name = 'export.csv', content = CSV) {
  const view = stage(<ImportDialog />, { at: '/?dialog=import', answers })
  await userEvent.upload(screen.getByLabelText('File'), new File([content], name))
  return view
}

it('shows what would be taken over before anything is, and takes that over', async () => {
  const ImportLedger = vi.fn(({ input }: Record<string, unknown>) => {
    const { dryRun } = input as { dryRun?: boolean }
    const group = dryRun ? null : { __typename: 'Group', id: 'new' }
    return { data: { importLedger: { ...outcome, group } } }
  })
  const { router } = await choose({ ImportLedger })
  expect(await screen.findByText('2 expenses, 1 payment, 2 people')).toBeInTheDocument()
  expect(screen.getByLabelText('Written by')).toHaveValue('SPLITWISE_CSV')
  expect(screen.getByRole('list', { name: 'Problems' })).toHaveTextContent(
    'Line 7: “31.02.” is not a date.',
  )
  const balances = within(screen.getByRole('region', { name: 'Balances' })).getAllByRole('listitem')
  expect(balances[0]).not.toHaveTextContent('the file says')
  expect(balances[1]).toHaveTextContent('Ben−€60.00the file says −€59.00')

  await userEvent.type(screen.getByLabelText(/^Name of the new group/), 'Flat')
  await userEvent.click(screen.getByRole('button', { name: 'Import into a new group' }))
  expect(await screen.findByText('2 expenses imported')).toBeInTheDocument()
  expect(router.state.location.pathname).toBe('/groups/new')
  const [dry, real] = inputs(ImportLedger)
  const contentBase64 = btoa(CSV)
  expect(dry).toMatchObject({ format: 'SPLITWISE_CSV', contentBase64, dryRun: true })
  expect(real).toMatchObject({ format: 'SPLITWISE_CSV', contentBase64, groupName: 'Flat' })
  expect(real).not.toHaveProperty('dryRun')
})

it('looks again when the format is corrected', async () => {
  const ImportLedger = vi.fn(({ input }: Record<string, unknown>) =>
    (input as { format: string }).format === 'BANK_CSV'
      ? refusal('VALIDATION', 'This is not a bank statement.', 'input.content')
      : { data: { importLedger: outcome } },
  )
  await choose({ ImportLedger }, 'unknown.csv', 'a;b;c')
  expect(await screen.findByRole('alert')).toHaveTextContent('This is not a bank statement.')
  expect(screen.queryByRole('button', { name: /^Import into/ })).not.toBeInTheDocument()
  await userEvent.selectOptions(screen.getByLabelText('Written by'), 'Splitwise (CSV)')
  expect(await screen.findByText(/^2 expenses/)).toBeInTheDocument()
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

it('takes nothing over where there is nothing', async () => {
  const nothing = { ...outcome, expenses: 0, payments: 0, computed: [], people: [], problems: [] }
  await choose({ ImportLedger: () => ({ data: { importLedger: nothing } }) })
  expect(await screen.findByText(/nothing to take over/)).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Import into a new group' })).toBeDisabled()
})

it('tells how far an import has come, and that nothing is left of a refused one', async () => {
  const moves = new Subject<ApolloLink.Result>()
  const move = (status: string, entered: number) => {
    const importMoved = { __typename: 'ImportProgress', status, total: 40, entered, group: null }
    act(() => {
      moves.next({ data: { importMoved } })
    })
  }
  const ended = new Subject<ApolloLink.Result>()
  const ImportMoved = vi.fn(() => moves)
  const ImportLedger = vi.fn(({ input }: Record<string, unknown>) =>
    (input as { dryRun?: boolean }).dryRun ? { data: { importLedger: outcome } } : ended,
  )
  await choose({ ImportLedger, ImportMoved })
  await userEvent.click(await screen.findByRole('button', { name: 'Import into a new group' }))
  move('RUNNING', 10)
  const bar = await screen.findByRole('progressbar', { name: 'Importing' })
  expect(bar).toHaveAttribute('value', '10')
  move('RUNNING', 30)
  expect(await screen.findByText('30 of 40')).toBeInTheDocument()
  expect(ImportMoved).toHaveBeenCalledExactlyOnceWith({
    key: inputs(ImportLedger)[1]!.idempotencyKey,
  })

  move('UNDOING', 30)
  expect(await screen.findByText(/is being undone/)).toBeInTheDocument()
  move('UNDONE', 0)
  act(() => {
    ended.next(refusal('LEDGER_FULL', 'Too large.') as ApolloLink.Result)
  })
  expect(await screen.findByText(/nothing was imported/)).toBeInTheDocument()
  expect(await screen.findByRole('alert')).toHaveTextContent('Too large.')
  expect(screen.queryByRole('progressbar')).not.toBeInTheDocument()
})

it('waits for an import that outlives its request', async () => {
  const moves = new Subject<ApolloLink.Result>()
  const move = (status: string, group: object | null) => {
    const importMoved = { __typename: 'ImportProgress', status, total: 2, entered: 1, group }
    act(() => {
      moves.next({ data: { importMoved } })
    })
  }
  const ended = new Subject<ApolloLink.Result>()
  const ImportLedger = ({ input }: Record<string, unknown>) =>
    (input as { dryRun?: boolean }).dryRun ? { data: { importLedger: outcome } } : ended
  const { router } = await choose({ ImportLedger, ImportMoved: () => moves })
  await userEvent.click(await screen.findByRole('button', { name: 'Import into a new group' }))
  move('RUNNING', null)
  act(() => {
    ended.next(refusal('SUBGRAPH_UNAVAILABLE', 'No answer.') as ApolloLink.Result)
  })
  expect(await screen.findByRole('progressbar')).toBeInTheDocument()
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  move('COMPLETE', { __typename: 'Group', id: 'new' })
  expect(await screen.findByText('2 expenses imported')).toBeInTheDocument()
  await vi.waitFor(() => {
    expect(router.state.location.pathname).toBe('/groups/new')
  })
})

it('goes on with the same import when it is tried again', async () => {
  let tries = 0
  const ImportLedger = vi.fn(({ input }: Record<string, unknown>) => {
    if ((input as { dryRun?: boolean }).dryRun) return { data: { importLedger: outcome } }
    const group = { __typename: 'Group', id: 'new' }
    return tries++ === 0
      ? refusal('OVERLOADED', 'busy')
      : { data: { importLedger: { ...outcome, group } } }
  })
  await choose({ ImportLedger })
  const button = await screen.findByRole('button', { name: 'Import into a new group' })
  await userEvent.click(button)
  expect(await screen.findByRole('alert')).toBeInTheDocument()
  await userEvent.click(button)
  expect(await screen.findByText('2 expenses imported')).toBeInTheDocument()
  const [, first, second] = inputs(ImportLedger)
  expect(second!.idempotencyKey).toBe(first!.idempotencyKey)
})

it('sends no file that is too large', async () => {
  const ImportLedger = vi.fn(() => ({ data: { importLedger: outcome } }))
  await choose({ ImportLedger }, 'large.csv', 'x'.repeat(4_000_001))
  expect(await screen.findByRole('alert')).toHaveTextContent('too large')
  expect(ImportLedger).not.toHaveBeenCalled()
})

const entry = (line: number, description: string, amount: string) => ({
  __typename: 'ImportEntry',
  line,
  description,
  date: '2026-02-01',
  total: euro(amount),
})

it('lets one pick from a bank statement', async () => {
  const entries = [entry(2, 'Rent', '800.00'), entry(3, 'Tea', '3.50'), entry(4, 'Cinema', '12.00')]
  const ImportLedger = vi.fn(({ input }: Record<string, unknown>) => {
    const { dryRun } = input as { dryRun?: boolean }
    const group = dryRun ? null : { __typename: 'Group', id: 'new' }
    const bank = { ...outcome, group, expenses: dryRun ? 3 : 1, payments: 0, people: ['You'] }
    return { data: { importLedger: dryRun ? { ...bank, entries } : bank } }
  })
  await choose({ ImportLedger }, 'bank.csv', 'Date,Description,Amount\n2026-02-01,Rent,-800.00')
  await userEvent.selectOptions(screen.getByLabelText('Written by'), 'BANK_CSV')
  const list = await screen.findByRole('list', { name: 'What to import' })
  expect(within(list).getAllByRole('checkbox', { checked: true })).toHaveLength(3)
  expect(screen.queryByLabelText('You are')).not.toBeInTheDocument()

  await userEvent.click(screen.getByRole('button', { name: 'None' }))
  expect(screen.getByText('0 of 3 chosen')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Import into a new group' })).toBeDisabled()
  await userEvent.click(within(list).getByRole('checkbox', { name: /Tea.*€3\.50/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Import into a new group' }))
  expect(await screen.findByText('1 expense imported')).toBeInTheDocument()
  expect(inputs(ImportLedger).at(-1)).toMatchObject({ format: 'BANK_CSV', lines: [3] })
})

it('asks who in the file the viewer is, and looks again', async () => {
  const ImportLedger = vi.fn(() => ({ data: { importLedger: outcome } }))
  await choose({ ImportLedger })
  await userEvent.selectOptions(await screen.findByLabelText('You are'), 'Ben')
  await vi.waitFor(() => {
    expect(inputs(ImportLedger).at(-1)).toMatchObject({ me: 'Ben', dryRun: true })
  })
  await userEvent.selectOptions(await screen.findByLabelText('Written by'), 'Splitwise (CSV)')
  await vi.waitFor(() => {
    expect(inputs(ImportLedger).at(-1)).toMatchObject({ me: null })
  })
})
