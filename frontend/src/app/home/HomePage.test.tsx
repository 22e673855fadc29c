import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { type Answers, refusal, stage } from '../../test/answering'
import { groupsPage, lisbon } from '../../test/group'
import { HomePage } from './HomePage'

const show = (Groups: Answers[string]) => stage(<HomePage />, { answers: { Groups } })

describe('HomePage', () => {
  it('shows that it is loading', () => {
    stage(<HomePage />)
    expect(screen.getByRole('status', { name: 'Loading your groups' })).toBeInTheDocument()
  })

  it('helps whoever has none yet', async () => {
    show(() => groupsPage([]))
    expect(await screen.findByText('Start with a group')).toBeInTheDocument()
  })

  it('tries again on request', async () => {
    let tries = 0
    show(() => (tries++ === 0 ? new TypeError('offline') : groupsPage([lisbon()])))
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('link', { name: /Lisbon/ })).toBeInTheDocument()
  })

  it('shows the own balance of each and over all', async () => {
    show(() => groupsPage([lisbon(), lisbon({ id: 'h', name: 'Home' })]))
    const row = await screen.findByRole('link', { name: /Lisbon/ })
    expect(row).toHaveTextContent('you are owed €50.00')
    const overall = screen.getByRole('region', { name: 'Overall' })
    expect(overall).toHaveTextContent('you are owed €100.00')
  })

  it('never takes an unknown balance for zero', async () => {
    const { errors } = refusal('SUBREQUEST_HTTP_ERROR', 'payments is down')
    const unknown = lisbon({ id: 'h', name: 'Home', balances: null })
    show(() => ({ ...groupsPage([lisbon(), unknown]), errors: errors ?? [] }))
    const row = await screen.findByRole('link', { name: /Home/ })
    expect(within(row).getByText('not available')).toBeInTheDocument()
    expect(screen.queryByRole('region', { name: 'Overall' })).not.toBeInTheDocument()
  })

  it('says what one has to pay, a tap away from being recorded', async () => {
    const [adas, bens] = lisbon().balances!
    const [due] = lisbon().settlement!.transfers
    const owing = lisbon({
      balances: [
        { ...adas!, net: bens!.net },
        { ...bens!, net: adas!.net },
      ],
      settlement: {
        ...lisbon().settlement!,
        transfers: [{ ...due!, from: due!.to, to: due!.from }],
      },
    })
    show(() => groupsPage([owing, lisbon({ id: 'h' })]))
    const needed = within(await screen.findByRole('region', { name: 'Needs you' }))
    const link = needed.getByRole('link')
    expect(link).toHaveTextContent('Pay BenLisbon€50.00')
    expect(link).toHaveAttribute(
      'href',
      '/groups/g?dialog=payment&from=ada&to=ben&amount=50.00&currency=EUR',
    )
  })

  it('folds the archived groups away until they are asked for', async () => {
    const Groups = vi.fn(({ archived }: Record<string, unknown>) =>
      groupsPage(archived ? [lisbon({ id: 'old', name: 'Rome' })] : [lisbon()]),
    )
    show(Groups)
    await screen.findByRole('link', { name: /Lisbon/ })
    const asked = { first: 50, archived: true }
    expect(Groups).not.toHaveBeenCalledWith(asked)
    await userEvent.click(screen.getByText('Archived groups'))
    expect(await screen.findByRole('link', { name: /Rome/ })).toBeInTheDocument()
    expect(Groups).toHaveBeenLastCalledWith(asked)
  })

  it('adds up over more groups than come at once', async () => {
    show(({ after }) =>
      after ? groupsPage([lisbon({ id: 'h', name: 'Home' })]) : groupsPage([lisbon()], 'next'),
    )
    expect(await screen.findByRole('link', { name: /Home/ })).toBeInTheDocument()
    const overall = screen.getByRole('region', { name: 'Overall' })
    expect(overall).toHaveTextContent('you are owed €100.00')
  })
})
