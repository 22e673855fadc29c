import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { type Answers, refusal, stage } from '../../test/answering'
import { lisbon } from '../../test/group'
import { HomePage } from './HomePage'

const groups = (nodes: ReturnType<typeof lisbon>[]) => ({
  data: {
    groups: {
      __typename: 'GroupConnection',
      edges: nodes.map((node) => ({ __typename: 'GroupEdge', cursor: node.id, node })),
      pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
      totalCount: nodes.length,
    },
  },
})
const show = (Groups: Answers[string]) => stage(<HomePage />, { answers: { Groups } })

describe('HomePage', () => {
  it('shows that it is loading', () => {
    stage(<HomePage />)
    expect(screen.getByRole('status', { name: 'Loading your groups' })).toBeInTheDocument()
  })

  it('helps whoever has none yet', async () => {
    show(() => groups([]))
    expect(await screen.findByText('Start with a group')).toBeInTheDocument()
  })

  it('tries again on request', async () => {
    let tries = 0
    show(() => (tries++ === 0 ? new TypeError('offline') : groups([lisbon()])))
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('link', { name: /Lisbon/ })).toBeInTheDocument()
  })

  it('shows the own balance of each and over all', async () => {
    show(() => groups([lisbon(), lisbon({ id: 'h', name: 'Home' })]))
    const row = await screen.findByRole('link', { name: /Lisbon/ })
    expect(row).toHaveTextContent('you are owed €50.00')
    const overall = screen.getByRole('region', { name: 'Overall' })
    expect(overall).toHaveTextContent('you are owed €100.00')
  })

  it('never takes an unknown balance for zero', async () => {
    const { errors } = refusal('SUBREQUEST_HTTP_ERROR', 'payments is down')
    const unknown = lisbon({ id: 'h', name: 'Home', balances: null })
    show(() => ({ ...groups([lisbon(), unknown]), errors: errors ?? [] }))
    const row = await screen.findByRole('link', { name: /Home/ })
    expect(within(row).getByText('not available')).toBeInTheDocument()
    expect(screen.queryByRole('region', { name: 'Overall' })).not.toBeInTheDocument()
  })
})
