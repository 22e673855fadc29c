import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { stage } from '../../test/answering'
import { lisbon } from '../../test/group'
import { benPaidAda } from '../../test/payment'
import { PaymentsPage } from './PaymentsPage'

const trip = lisbon()
const two = lisbon({ id: 'two', kind: 'DIRECT', name: 'Ada, Ben' })

function show(count: number) {
  const payments = Array.from({ length: count }, (_, index) => ({
    ...benPaidAda({ id: `p${index}`, note: index === 0 ? 'Taxi' : null }),
    group: index % 2 === 0 ? trip : two,
  }))
  const OwnPayments = () => ({
    data: {
      me: {
        __typename: 'User',
        id: 'ada',
        payments: {
          __typename: 'PaymentConnection',
          edges: payments.map((node) => ({
            __typename: 'PaymentEdge',
            cursor: node.id,
            node,
          })),
          pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
        },
      },
    },
  })
  stage(<PaymentsPage />, { answers: { OwnPayments } })
}

it('tells of each payment where it was, and leads there', async () => {
  show(2)
  const [first, second] = await screen.findAllByRole('listitem')
  expect(first).toHaveTextContent('Ben paid youLisbon · Cash · Taxi€20.00')
  expect(second).toHaveTextContent('Ben paid youBen · Cash')
  expect(screen.getByRole('link', { name: /Taxi/ })).toHaveAttribute(
    'href',
    '/groups/g/balances?dialog=paid&payment=p0',
  )
})

it('finds by group, person and note', async () => {
  show(8)
  await userEvent.type(await screen.findByLabelText('Search payments'), ' taxi')
  expect(screen.getAllByRole('listitem')).toHaveLength(1)
  await userEvent.clear(screen.getByLabelText('Search payments'))
  await userEvent.type(screen.getByLabelText('Search payments'), 'lisb')
  expect(screen.getAllByRole('listitem')).toHaveLength(4)
  await userEvent.type(screen.getByLabelText('Search payments'), 'on and more')
  expect(screen.getByText('No payment is like that.')).toBeInTheDocument()
  expect(screen.queryAllByRole('listitem')).toHaveLength(0)
})
