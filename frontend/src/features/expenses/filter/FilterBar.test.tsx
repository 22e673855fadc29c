import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { stage } from '../../../test/answering'
import { contextOf } from '../../../test/group'
import { FilterBar } from './FilterBar'
import { useFilter } from './useFilter'

function Bar() {
  const { filter, change } = useFilter()
  return <FilterBar {...{ filter, change }} currency="EUR" people={contextOf().people} />
}

const search = ({ router }: ReturnType<typeof stage>) => router.state.location.search

it('says what is asked, and takes it back', async () => {
  const staged = stage(<Bar />, {
    at: '/?category=dining&member=ben&payer=ada&from=2026-11-01&to=2026-11-30&min=5.00&currency=EUR&mine=yes',
  })
  const chips = await screen.findAllByRole('button', { name: /^Remove the filter/ })
  expect(chips.map(({ textContent }) => textContent)).toEqual([
    'Eating out',
    'November 2026',
    'with Ben',
    'paid by You',
    'from €5.00',
    'with you',
  ])
  await userEvent.click(screen.getByRole('button', { name: 'Remove the filter November 2026' }))
  expect(search(staged)).toBe(
    '?category=dining&member=ben&payer=ada&min=5.00&currency=EUR&mine=yes',
  )
})

it('has a field for each', async () => {
  const staged = stage(<Bar />, { at: '/' })
  await userEvent.click(await screen.findByRole('button', { name: 'Filter' }))
  await userEvent.selectOptions(screen.getByLabelText('Category'), 'Groceries')
  await userEvent.selectOptions(screen.getByLabelText('Who paid'), 'Ben')
  await userEvent.type(screen.getByLabelText('At most'), '10')
  await userEvent.click(screen.getByLabelText('Also deleted ones'))
  expect(search(staged)).toBe('?category=groceries&payer=ben&max=10.00&currency=EUR&deleted=yes')
})

it('stays under a dialog that takes its place in the address', async () => {
  const { router } = stage(<Bar />, { at: '/?category=dining' })
  await screen.findByText('Eating out')
  await router.navigate('/?dialog=show&expense=e')
  expect(screen.getByText('Eating out')).toBeInTheDocument()
})
