import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { type Answers, stage } from '../../test/answering'
import { groupsPage, lisbon, standing } from '../../test/group'
import { PersonPage } from './PersonPage'

const open = (id: string, Groups: Answers[string]) =>
  stage(<PersonPage />, {
    answers: { Groups, Totals: () => standing('50.00', { ben: '50.00' }) },
    at: `/people/${id}`,
    path: '/people/:personId',
  })

it('finds somebody in a group that comes late', async () => {
  const [ada, ben] = lisbon().members
  const cleo = { ...ben!, id: 'cleo', name: 'Cleo', user: { ...ben!.user!, id: 'cleo' } }
  open('cleo', ({ after }) =>
    after
      ? groupsPage([lisbon({ id: 'h', name: 'Home', members: [ada!, cleo] })])
      : groupsPage([lisbon()], 'next'),
  )
  expect(await screen.findByRole('heading', { level: 1, name: 'Cleo' })).toBeInTheDocument()
})

it('says so when it is nobody the viewer knows', async () => {
  open('nobody', () => groupsPage([lisbon()]))
  expect(await screen.findByText('Nobody you share a group with')).toBeInTheDocument()
})

it('tells what is open between the two', async () => {
  open('ben', () => groupsPage([lisbon()]))
  const balance = await screen.findByRole('region', { name: 'Your balance' })
  expect(balance).toHaveTextContent('you are owed €50.00')
})
