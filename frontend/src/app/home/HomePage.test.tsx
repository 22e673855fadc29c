import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { Subject } from 'rxjs'
import { type Answers, refusal, stage } from '../../test/answering'
import { groupsPage, lisbon, standing } from '../../test/group'
import { useActivityStream } from '../../features/groups'
import { HomePage } from './HomePage'

/** The page in the frame of the app, which follows what happens. */
function Framed() {
  useActivityStream()
  return <HomePage />
}

const show = (Groups: Answers[string], answers: Answers = {}) =>
  stage(<Framed />, { answers: { Groups, Totals: () => standing('100.00'), ...answers } })

describe('HomePage', () => {
  it('shows that it is loading', () => {
    stage(<HomePage />)
    expect(screen.getByRole('status', { name: 'Loading your groups' })).toBeInTheDocument()
  })

  it('helps whoever has none yet', async () => {
    show(() => groupsPage([]))
    expect(await screen.findByText('Start with a group')).toBeInTheDocument()
    expect(screen.queryByRole('region', { name: 'Overall' })).not.toBeInTheDocument()
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

  it('is there before all of many groups are', async () => {
    show(({ after }) => (after ? new TypeError('offline') : groupsPage([lisbon()], 'next')))
    const overall = await screen.findByRole('region', { name: 'Overall' })
    expect(overall).toHaveTextContent('you are owed €100.00')
  })

  it('asks again as soon as something happens in a group', async () => {
    const happened = new Subject<object>()
    let total = '100.00'
    show(() => groupsPage([lisbon()]), {
      Totals: () => standing(total),
      ActivityChanged: () => happened,
    })
    const overall = await screen.findByRole('region', { name: 'Overall' })
    total = '-20.00'
    const group = { __typename: 'Group', id: 'g' }
    happened.next({ data: { activityChanged: { __typename: 'Activity', id: 'a', group } } })
    await waitFor(() => {
      expect(overall).toHaveTextContent('you owe €20.00')
    })
  })

  it('never takes an unknown balance for zero', async () => {
    const { errors } = refusal('SUBREQUEST_HTTP_ERROR', 'payments is down')
    const unknown = lisbon({ id: 'h', name: 'Home', balances: null })
    show(() => ({ ...groupsPage([lisbon(), unknown]), errors: errors ?? [] }), {
      Totals: () => ({ ...standing(null), errors: errors ?? [] }),
    })
    const row = await screen.findByRole('link', { name: /Home/ })
    expect(within(row).getByText('not available')).toBeInTheDocument()
    expect(screen.getByRole('region', { name: 'Overall' })).toHaveTextContent('not available')
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
})
