import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { atTheEnd } from '../../test/atTheEnd'
import { stage } from '../../test/answering'
import { dinner } from '../../test/expense'
import { lisbon } from '../../test/group'
import { ExpensesPage } from './ExpensesPage'

const page = (nodes: object[], endCursor: string | null = null) => ({
  data: {
    me: {
      __typename: 'User',
      id: 'ada',
      defaultCurrency: 'EUR',
      expenses: {
        __typename: 'ExpenseConnection',
        edges: nodes.map((node, index) => ({
          __typename: 'ExpenseEdge',
          cursor: `${index}`,
          node,
        })),
        pageInfo: { __typename: 'PageInfo', hasNextPage: endCursor !== null, endCursor },
      },
    },
  },
})
const two = lisbon({ id: 'two', kind: 'DIRECT', name: 'Ada, Ben' })

afterEach(() => {
  vi.unstubAllGlobals()
})

it('lists expenses of all groups, and searches them at the server', async () => {
  const all = [
    { ...dinner(), group: lisbon() },
    { ...dinner({ id: 'f', description: 'Cinema' }), group: two },
  ]
  const OwnExpenses = vi.fn(({ filter }: Record<string, unknown>) =>
    page(filter ? all.slice(1) : all),
  )
  stage(<ExpensesPage />, { answers: { OwnExpenses } })
  const [first, second] = await screen.findAllByRole('listitem')
  expect(first).toHaveTextContent('DinnerYou paid €100.00 · Lisbonyou lent+€50.00')
  expect(second).toHaveTextContent('CinemaYou paid €100.00 · Ben')
  expect(screen.getByRole('link', { name: /Dinner/ })).toHaveAttribute(
    'href',
    '/groups/g?dialog=show&expense=e',
  )
  await userEvent.type(screen.getByLabelText('Search expenses'), 'cine')
  await vi.waitFor(() => {
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
  })
  expect(OwnExpenses).toHaveBeenLastCalledWith({ first: 50, filter: { text: 'cine' } })
})

it('says that nothing was found', async () => {
  stage(<ExpensesPage />, { answers: { OwnExpenses: () => page([]) } })
  expect(await screen.findByText('Nothing spent yet')).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText('Search expenses'), 'x')
  expect(await screen.findByText('No expense has “x” in it.')).toBeInTheDocument()
})

it('searches on while pages are empty, and says nothing of it', async () => {
  atTheEnd()
  const cinema = { ...dinner({ id: 'f', description: 'Cinema' }), group: lisbon() }
  const pages: Record<string, ReturnType<typeof page>> = {
    first: page([], 'second'),
    second: page([], 'third'),
    third: page([cinema]),
  }
  let saidNothing = false
  const OwnExpenses = vi.fn(({ after, filter }: Record<string, unknown>) => {
    if (after && screen.queryByText(/No expense/)) saidNothing = true
    return filter
      ? (pages[typeof after === 'string' ? after : 'first'] ?? page([]))
      : page([cinema])
  })
  stage(<ExpensesPage />, { answers: { OwnExpenses } })
  await userEvent.type(await screen.findByLabelText('Search expenses'), 'cine')
  await vi.waitFor(() => {
    expect(OwnExpenses).toHaveBeenLastCalledWith({
      first: 50,
      after: 'third',
      filter: { text: 'cine' },
    })
  })
  expect(await screen.findByRole('link', { name: /Cinema/ })).toBeInTheDocument()
  expect(saidNothing).toBe(false)
})
